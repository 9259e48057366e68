"""The table of all measures on a folder of annotated photographs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from posemodels.data.photographs.annotation import AnnotatedFolder
from posemodels.data.photographs.one_piece import split_at_hips
from posemodels.evaluation.photographs.measure import Measure, is_enough
from posemodels.evaluation.photographs.measures import Find, Mask, Parsing, PhotoMeasure
from posemodels.evaluation.photographs.reading import PhotoReader, ReadPhoto

MEASURES: tuple[Callable[[], PhotoMeasure], ...] = (Find, Mask, Parsing)
"""In the order of the table."""


def read_folder(folder: Path, reader: PhotoReader, last: int | None = None) -> Iterator[ReadPhoto]:
    """Every annotated photo of the folder, by name, or the last ones alone."""
    photos = AnnotatedFolder.open(folder)
    for index in range(max(0, len(photos.photos) - last) if last else 0, len(photos.photos)):
        photo, codes = photos.read(index)
        person = reader.read(photo)
        if person is not None:
            codes = split_at_hips(codes, list(photos.labels), person.points)
        yield ReadPhoto(photos.photos[index].stem, photo, photos.table[codes], person)


def measure_folder(folder: Path, reader: PhotoReader, last: int | None = None) -> list[PhotoMeasure]:
    """last: how many photos at the end of the folder are looked at; all of them by default."""
    measures = [make() for make in MEASURES]
    for photo in read_folder(folder, reader, last):
        for measure in measures:
            measure.add(photo)
    return measures


def print_table(measures: Sequence[Measure]) -> bool:
    """One line a measure, `measure value bar ok` or `… short`, details before it; True where none is short."""
    good = True
    for measure in measures:
        enough = is_enough(measure)
        good &= enough
        for name, detail in measure.details().items():
            print(f"{name} {detail:.4f}")
        print(f"{measure.name} {measure.value():.4f} {measure.bar:.2f} {'ok' if enough else 'short'}")
    return good


def parser_figures(measures: Sequence[Measure]) -> dict[str, float]:
    """What of the table says how good the parser is, for its manifest."""
    parsing = next(measure for measure in measures if isinstance(measure, Parsing))
    labels = {name.replace("parsing.", "iou_"): value for name, value in parsing.details().items()}
    return {"miou": parsing.value(), **labels}
