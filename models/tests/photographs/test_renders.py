"""Renders as photos, and what is measured of what the service makes of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from posemodels.data.render_pairs.shards import ShardPlan, write_shards
from posemodels.data.render_pairs.shots import Shots
from posemodels.evaluation.photographs.renders.coverage_told import CoverageTold
from posemodels.evaluation.photographs.renders.pattern_kept import PatternKept, case_score
from posemodels.evaluation.photographs.renders.pattern_photos import PatternCase, PatternPhotos
from posemodels.evaluation.photographs.renders.rendered_photos import FACE, RenderedPhotos
from tests.flow_transfer.conftest import HEIGHT, PICTURES, STANDING, WIDTH, stick_shots
from tests.photographs.reports import made, photo, refused, report


def half_seen(seed: int) -> Shots:
    """Every second row of every target is hidden in the source, and the face is turned away."""
    shots = stick_shots(seed)
    shots.visible[:, ::2] = False
    shots.joint_states[:, FACE, 1] = False
    return shots


@pytest.fixture
def photos(tmp_path: Path) -> RenderedPhotos:
    plan = ShardPlan(first_seed=0, people_per_shard=2, pictures=PICTURES, height=HEIGHT, width=WIDTH)
    write_shards(tmp_path / "held-out", plan, 4, half_seen, lambda line: None)
    return RenderedPhotos.write(tmp_path / "held-out", 3, tmp_path / "photos")


def test_photos_come_with_what_they_show_of_the_target(photos: RenderedPhotos) -> None:
    assert len(photos.shown) == 3
    assert list(photos.shown.values()) == pytest.approx([0.5] * 3, abs=0.03)
    for name in photos.shown:
        assert Image.open(photos.folder / f"{name}.jpg").size == (WIDTH, HEIGHT)


def test_targets_are_shares_of_the_picture_without_a_face_that_is_turned_away(photos: RenderedPhotos) -> None:
    points = json.loads(photos.targets.read_text())[next(iter(photos.shown))]["target"]
    assert points[1] == pytest.approx(((STANDING[1] + 1) / 2).tolist(), abs=1e-4)
    assert [joint for joint, point in enumerate(points) if point is None] == sorted(FACE)


def told(*coverages: float, shown: tuple[float, ...]) -> CoverageTold:
    names = [f"{number}" for number in range(len(shown))]
    targets = [made(coverage=coverage) for coverage in coverages] + [refused()] * (len(shown) - len(coverages))
    photos = RenderedPhotos(Path("nowhere"), dict(zip(names, shown, strict=True)))
    return CoverageTold(report(*map(photo, names, targets)), photos)


def test_coverage_that_follows_the_truth_is_well_told_whatever_its_scale() -> None:
    measure = told(0.2, 0.3, 0.5, shown=(0.2, 0.4, 0.8, 0.9))
    assert measure.value() == pytest.approx(1.0)
    assert measure.details()["coverage-told.bias"] == pytest.approx(-0.4 / 3)
    assert measure.details()["coverage-told.refused"] == 0.25


def test_coverage_that_goes_the_other_way_or_nowhere_is_not_told() -> None:
    assert told(0.8, 0.4, 0.2, shown=(0.2, 0.4, 0.8)).value() < 0
    assert np.isnan(told(0.5, 0.5, 0.5, shown=(0.2, 0.4, 0.8)).value())


def case(kind: str = "stripes") -> PatternCase:
    plain = np.full((32, 24, 3), 100, np.uint8)
    striped = plain.copy()
    striped[::4], striped[1::4] = 140, 140
    top = np.zeros((32, 24), bool)
    top[4:28, 4:20] = True
    return PatternCase(kind, striped, striped, plain, top, np.zeros((18, 2)))


@pytest.mark.parametrize(("share", "kept"), [(1.0, 1.0), (0.5, 0.5), (0.0, 0.0), (-1.0, -1.0)])
def test_kept_is_the_share_of_contrast_in_its_place(share: float, kept: float) -> None:
    given = case()
    difference = given.target.astype(float) - given.without
    score = case_score(given, (given.without + share * difference).astype(np.uint8))
    assert score.kept == pytest.approx(kept, abs=0.02)
    assert score.strength == pytest.approx(abs(share), abs=0.02)


def test_stripes_a_little_beside_their_place_are_only_nearby() -> None:
    plain = np.full((160, 120, 3), 100, np.uint8)
    striped = plain.copy()
    striped[np.arange(160) % 8 < 4] = 140
    top = np.zeros((160, 120), bool)
    top[32:128, 32:96] = True
    given = PatternCase("stripes", striped, striped, plain, top, np.zeros((18, 2)))
    score = case_score(given, np.roll(striped, 4, axis=0))
    assert score.kept == pytest.approx(-1)
    assert score.nearby == pytest.approx(1)
    assert case_score(given, plain).nearby == pytest.approx(0)


def test_kinds_count_alike_and_refused_results_keep_nothing(tmp_path: Path) -> None:
    cases = {"1": case(), "2": case(), "3": case("print")}
    Image.fromarray(case().target).save(tmp_path / "kept.png")
    records = [photo(name, replace(made(), file="kept.png")) for name in ("1", "2")] + [photo("3", refused())]
    measure = PatternKept(report(*records), tmp_path, PatternPhotos(tmp_path, cases))
    details = measure.details()
    assert (details["pattern-kept.stripes"], details["pattern-kept.print"]) == pytest.approx((1.0, 0.0))
    assert measure.value() == pytest.approx(0.5)
