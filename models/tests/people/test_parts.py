"""Labels, fabrics and limbs that need no assets."""

from __future__ import annotations

import numpy as np
import pytest

from posemodels.data.poses import LIBRARY
from posemodels.data.synthetic import LABEL_NAMES
from posemodels.people.clothing.patterns import PATTERNS, random_fabric
from posemodels.people.labels import Label
from posemodels.people.posing.library_pose import library_pose
from posemodels.people.posing.person_pose import ArmDirections
from posemodels.people.posing.random_pose import POSE_KINDS, random_pose
from posemodels.people.posing.solver import bend_limb
from posemodels.people.rendering.correspondence import warp


def test_labels_are_those_of_the_models() -> None:
    assert tuple(label.name.lower() for label in Label) == LABEL_NAMES


@pytest.mark.parametrize("kind", PATTERNS)
def test_every_fabric_is_a_tile_that_its_seed_repeats(kind: str) -> None:
    first, again = (random_fabric(np.random.default_rng(3), kind) for _ in range(2))
    assert first.tile.shape == (128, 128, 3) and first.tile.dtype == np.uint8
    assert 0.3 < first.width < 6
    np.testing.assert_array_equal(first.tile, again.tile)


def test_bent_limb_keeps_its_lengths_and_reaches_its_end() -> None:
    start, end = np.zeros(3), np.array([3.0, -1.0, 0.5])
    middle, reached = bend_limb(start, end, 2.5, 2.0, np.array([0, 0, 1.0]))
    np.testing.assert_allclose(reached, end)
    assert np.linalg.norm(middle) == pytest.approx(2.5)
    assert np.linalg.norm(reached - middle) == pytest.approx(2.0)
    assert middle[2] > 0.25


@pytest.mark.parametrize("kind", POSE_KINDS)
def test_random_poses_have_the_left_foot_on_the_left(kind: str) -> None:
    for seed in range(10):
        left, right = random_pose(np.random.default_rng(seed), kind).legs
        assert left.x > 0 > right.x


def test_library_poses_keep_sides_and_turns() -> None:
    for named in LIBRARY:
        pose = library_pose(named.name, named.pose)
        assert pose.yaw == named.pose.yaw
        assert pose.legs[0].x > pose.legs[1].x
        assert all(isinstance(arm, ArmDirections) for arm in pose.arms)
    front = library_pose("front", LIBRARY[0].pose)
    left, right = front.arms
    assert isinstance(left, ArmDirections) and isinstance(right, ArmDirections)
    assert left.upper[0] > 0 > right.upper[0] and left.upper[1] < 0


def test_warp_to_pixel_centres_changes_nothing() -> None:
    image = np.random.default_rng(1).integers(0, 255, (5, 7, 3)).astype(np.uint8)
    y, x = np.mgrid[:5, :7] + 0.5
    np.testing.assert_allclose(warp(image, np.stack([x, y], axis=2)), image)
