"""What is measured of the service's results, one function a source of pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from posemodels.errors import PoseModelsError
from posemodels.evaluation.photographs.outcome import Outcome
from posemodels.evaluation.photographs.pairs.pair_measures import OURS, SOURCE, PairLikenesses, pair_measures
from posemodels.evaluation.photographs.pairs.photo_pairs import open_pairs, write_pair_targets
from posemodels.evaluation.photographs.pictures import pair_pictures, result_pictures
from posemodels.evaluation.photographs.reading import PhotoReader
from posemodels.evaluation.photographs.renders.coverage_told import CoverageTold
from posemodels.evaluation.photographs.renders.rendered_photos import RenderedPhotos
from posemodels.evaluation.photographs.scored import ScoringMeasure
from posemodels.evaluation.photographs.transfers.cost import costs
from posemodels.evaluation.photographs.transfers.garment_color import GarmentColor
from posemodels.evaluation.photographs.transfers.pose_kept import PoseKept
from posemodels.evaluation.photographs.transfers.sharpness import Sharpness
from posemodels.evaluation.photographs.transfers.targets_file import TARGETS_FILE
from posemodels.evaluation.photographs.transfers.transferred import TransferredPhoto, opened, read_transfers
from posemodels.evaluation.photographs.transfers.transfers import PAIRS, PATTERNS, PHOTOS, RENDERS, Transfers


class TransferMeasure(ScoringMeasure, Protocol):
    """Sees every photo with its results once."""

    def add(self, photo: TransferredPhoto) -> None:
        ...


TRANSFER_MEASURES: tuple[Callable[[], TransferMeasure], ...] = (PoseKept, GarmentColor, Sharpness)
"""In the order of the table."""


def measure_results(transfers: Transfers, photos: Path, reader: PhotoReader, last: int | None) -> Outcome:
    """What the service makes of photographs in poses of its library, and how long it takes."""
    report = transfers.of(PHOTOS, photos, last=last)
    measures = [make() for make in TRANSFER_MEASURES]
    for photo in read_transfers(report, transfers.folder(PHOTOS), photos, reader):
        for measure in measures:
            measure.add(photo)
    notes = [f"refused {code} {count}" for code, count in sorted(report.refusals().items())]
    pictures = result_pictures(report, transfers.folder(PHOTOS), photos, reader)
    return Outcome([*measures, *costs(report)], notes, [(measure, pictures) for measure in measures])


def measure_coverage(transfers: Transfers, held_out: Path, count: int) -> Outcome:
    """What the service says of its results, on renders."""
    photos = RenderedPhotos.write(held_out, count, transfers.folder(f"{RENDERS}-photos"))
    report = transfers.of(RENDERS, photos.folder, targets=photos.targets, timed=0)
    return Outcome([CoverageTold(report, photos)])


def measure_patterns(transfers: Transfers, assets: Path | None, each: int) -> Outcome:
    """What the service keeps of patterns, on renders made for it; only a note where these cannot be made."""
    try:
        from posemodels.evaluation.photographs.renders.pattern_kept import PatternKept
        from posemodels.evaluation.photographs.renders.pattern_photos import PatternPhotos
        from posemodels.people.assets import Assets, find_assets

        found = Assets(find_assets(assets))
        photos = PatternPhotos.write(found, each, transfers.folder(f"{PATTERNS}-photos"))
    except (ImportError, PoseModelsError) as error:
        return Outcome(notes=[f"pattern-kept not measured: {error}"])
    report = transfers.of(PATTERNS, photos.folder, targets=photos.targets, timed=0)
    return Outcome([PatternKept(report, transfers.folder(PATTERNS), photos)])


def measure_pairs(transfers: Transfers, folder: Path, reader: PhotoReader, rival: str) -> Outcome:
    """Results in the poses and frames of true photos. Raises ConfigError where ResNet-18 is not at hand."""
    from posemodels.evaluation.photographs.pairs.person_likeness import PersonLikeness
    from posemodels.training.flow_transfer.perceptual import find_features

    features, pairs, results = find_features(), open_pairs(folder), transfers.folder(PAIRS)
    results.mkdir(parents=True, exist_ok=True)
    people = write_pair_targets(pairs, reader, results / TARGETS_FILE)
    report = transfers.of(PAIRS, folder, targets=results / TARGETS_FILE, timed=0)
    files = {photo.name: target.file for photo in report.photos for target in photo.targets if target.file}
    likenesses = PairLikenesses()
    for pair in (pair for pair in pairs if pair.name in people):
        truth = PersonLikeness(features, opened(pair.target), people[pair.name].mask)
        made = {OURS: results / files[pair.photo]} if pair.photo in files else {}
        for maker, picture in (made | {SOURCE: pair.source} | pair.methods).items():
            likenesses.add(pair.name, maker, truth.of(opened(picture)))
    measures = pair_measures(likenesses, rival)
    notes = [f"real pairs: refused {code} {count}" for code, count in sorted(report.refusals().items())]
    pictures = pair_pictures({pair.name: pair for pair in pairs}, results, files)
    return Outcome(list(measures), notes, [(measure, pictures) for measure in measures])
