"""Measures on photographs: what they count, and when the table calls one short."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from posemodels.data.photographs.person_finder import FoundPerson
from posemodels.data.photographs.person_landmarks import PersonLandmarks
from posemodels.data.photographs.person_square import PersonSquare
from posemodels.data.photographs.street_labels import PERSON_LABELS
from posemodels.evaluation.photographs.confusion import confusion, measured_iou
from posemodels.evaluation.photographs.measures import Find, Mask, Parsing, mask_iou
from posemodels.evaluation.photographs.reading import ReadPerson, ReadPhoto
from posemodels.evaluation.photographs.table import print_table
from tests.photographs.people import landmarks

NAMES = {name: index for index, name in enumerate(PERSON_LABELS)}


def read(truth: list[str], found: list[str] | None, mask: list[float] | None = None) -> ReadPhoto:
    """One row of pixels."""
    labels = np.array([[NAMES[name] for name in truth]], np.uint8)
    if found is None:
        return ReadPhoto("nobody", Image.new("RGB", (len(truth), 1)), labels, None)
    given = np.array([[NAMES[name] for name in found]], np.uint8)
    chance = np.array([mask], np.float32) if mask else (given > 0).astype(np.float32)
    seen = PersonLandmarks(landmarks(), 1.0, chance, {})
    person = ReadPerson(FoundPerson(0.9, PersonSquare(0, 0, 1, 0), (0, 0, 1, 1)), seen, chance, given)
    return ReadPhoto("somebody", Image.new("RGB", (len(truth), 1)), labels, person)


def test_skin_is_one_and_accessories_do_not_count() -> None:
    truth = np.array([NAMES[name] for name in ("face", "arms", "legs", "accessory", "hair", "hair")])
    found = np.array([NAMES[name] for name in ("arms", "legs", "hair", "shoes", "hair", "accessory")])
    iou = measured_iou(confusion(truth, found))
    assert iou["skin"] == pytest.approx(2 / 3)
    # Two true, one found right, one found in the skin; a false accessory is a miss.
    assert iou["hair"] == pytest.approx(1 / 3)
    assert np.isnan(iou["shoes"])


def test_a_mask_is_not_judged_where_accessories_are() -> None:
    truth = ["accessory", "hair", "face", "background"]
    photo = read(truth, ["hair", "hair", "background", "background"], [0.9, 0.9, 0.9, 0.9])
    assert mask_iou(photo) == pytest.approx(1 / 2)
    mask = Mask()
    mask.add(photo)
    assert mask.details() == {"mask.landmarks": pytest.approx(2 / 3)}


def test_nobody_found_is_a_miss_in_every_measure() -> None:
    find, mask, parsing = Find(), Mask(), Parsing()
    for measure in (find, mask, parsing):
        measure.add(read(["background", "hair"], None))
    assert (find.value(), mask.value()) == (0.0, 0.0)
    assert parsing.details()["parsing.hair"] == 0.0


def test_somebody_else_is_not_the_annotated_person() -> None:
    find = Find()
    find.add(read(["hair", "face", "background", "background"], ["background", "background", "hair", "face"]))
    find.add(read(["hair", "face", "background", "background"], ["hair", "face", "background", "background"]))
    assert find.value() == 0.5


@pytest.mark.parametrize(("found", "good", "line"), [("hair", True, "0.99 ok"), ("background", False, "0.99 short")])
def test_the_table_says_which_measure_is_short(
    found: str, good: bool, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    find = Find()
    find.add(read(["hair"], [found]))
    assert print_table([find]) is good
    assert capsys.readouterr().out.strip() == f"find {1.0 if good else 0.0:.4f} {line}"
