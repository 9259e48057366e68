"""Real pairs: which there are, how alike pictures are, and whom the service has to beat."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from posemodels.data.photographs.person_landmarks import POINT_ORDER
from posemodels.errors import ConfigError
from posemodels.evaluation.photographs.measure import is_enough
from posemodels.evaluation.photographs.pairs.pair_measures import OURS, SOURCE, PairLikenesses, pair_measures
from posemodels.evaluation.photographs.pairs.person_likeness import Likeness, PersonLikeness
from posemodels.evaluation.photographs.pairs.photo_pairs import open_pairs, write_pair_targets
from posemodels.evaluation.photographs.reading import ReadPerson
from posemodels.training.flow_transfer.perceptual import RESNET_VARIABLE, find_features
from tests.photographs.people import landmarks
from tests.photographs.transferred import JOINTS, SIDE, person, picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.b.source", "a.b.target", "a.b.xinggan", "lonely.source", "second.source", "second.target"):
        picture().save(tmp_path / f"{name}.jpg")
    return tmp_path


class Somebody:
    """Reads the same person in every photo, whose left wrist is a guess."""

    def read(self, photo: Image.Image) -> ReadPerson:
        points = landmarks()
        points[POINT_ORDER.index("left_wrist"), 3] = -3.0
        return person(points=points)


def test_pairs_are_two_photos_of_one_name(folder: Path) -> None:
    first, second = open_pairs(folder)
    assert (first.name, first.photo, list(first.methods)) == ("a.b", "a.b.source", ["xinggan"])
    assert (second.name, second.methods) == ("second", {})


def test_a_folder_without_pairs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no NAME.source.jpg"):
        open_pairs(tmp_path)


def test_the_pose_is_that_found_in_the_true_photo_in_its_very_frame(folder: Path) -> None:
    people = write_pair_targets(open_pairs(folder), Somebody(), folder / "targets.json")  # type: ignore[arg-type]
    points = json.loads((folder / "targets.json").read_text())["a.b.source"]["target"]
    assert set(people) == {"a.b", "second"}
    assert points[0] == pytest.approx((JOINTS[0] / SIDE).tolist(), abs=1e-4)
    assert points[7] is None  # the wrist


def likenesses(ours: list[float | None], rival: list[float], source: float = 0.9) -> PairLikenesses:
    """Distances, and one minus them as similarity."""
    made = PairLikenesses()
    for number, (our, other) in enumerate(zip(ours, rival, strict=True)):
        for maker, value in ((OURS, our), ("rival", other), (SOURCE, source)):
            if value is not None:
                made.add(f"{number}", maker, Likeness(value, 1 - value))
    return made


@pytest.mark.parametrize(("ours", "enough"), [([0.4, 0.5], True), ([0.6, 0.7], False)])
def test_the_bar_is_what_the_rival_reached(ours: list[float | None], enough: bool) -> None:
    distance, ssim = pair_measures(likenesses(ours, [0.5, 0.6]), "rival")
    assert (distance.bar, ssim.bar) == pytest.approx((0.55, 0.45))
    assert is_enough(distance) is is_enough(ssim) is enough


def test_pairs_that_the_rival_lacks_do_not_count_and_those_that_we_lack_count_as_the_source() -> None:
    made = likenesses([0.4, None], [0.5, 0.6])
    made.add("only ours", OURS, Likeness(0.0, 1.0))
    distance, _ = pair_measures(made, "rival")
    assert distance.value() == pytest.approx((0.4 + 0.9) / 2)
    assert distance.details()["real-pairs.distance.ours"] == pytest.approx(0.2)
    assert distance.details()["real-pairs.distance.ours-where-rival"] == pytest.approx(0.65)


def test_without_the_rival_nothing_is_good_enough() -> None:
    assert not any(map(is_enough, pair_measures(likenesses([0.1], [0.2]), "somebody else")))


def test_likeness_is_that_of_the_person_alone() -> None:
    if not os.environ.get(RESNET_VARIABLE):
        pytest.skip(f"{RESNET_VARIABLE} names no ResNet18.onnx")
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 255, (SIDE, SIDE, 3), np.uint8)
    mask = np.zeros((SIDE, SIDE), np.float32)
    mask[40:220, 90:170] = 1
    other_wall, blurred = truth.copy(), truth.copy()
    other_wall[:, :80] = 0
    blurred[40:220, 90:170] = 127
    measure = PersonLikeness(find_features(), picture(truth), mask)
    same, elsewhere, lost = (measure.of(picture(image)) for image in (truth, other_wall, blurred))
    assert same == Likeness(pytest.approx(0, abs=1e-6), pytest.approx(1, abs=1e-4))  # type: ignore[arg-type]
    assert elsewhere.distance == pytest.approx(0, abs=1e-6)
    assert lost.distance > 0.5 and lost.ssim < 0.6
