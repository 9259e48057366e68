"""The renderer of procedural people: what it draws agrees with the keypoints and labels it hands out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from posemodels.data.dataset import training_seed
from posemodels.data.patterns import Pattern, PatternKind
from posemodels.data.person import sample_person
from posemodels.data.poses import LIBRARY, mirrored, named_pose, sample_pose, within_limits
from posemodels.data.skeleton import JOINT_COUNT, JOINT_NAMES, Pose, pose_skeleton
from posemodels.data.synthetic import HELD_OUT_SEEDS, LABEL_NAMES, TRAINING_SEEDS, render_group

PEOPLE = range(500, 512)
_LABEL = {name: i for i, name in enumerate(LABEL_NAMES)}
_JOINT = {name: i for i, name in enumerate(JOINT_NAMES)}


@pytest.mark.parametrize("size", [(128, 64), (128, 96), (256, 176)])
def test_render_group_any_size_shapes_and_types(size: tuple[int, int]) -> None:
    group = render_group(7, 3, size)
    assert group.images.shape == (3, *size, 3) and group.images.dtype == np.uint8
    assert group.labels.shape == (3, *size) and group.labels.dtype == np.uint8
    assert group.keypoints.shape == (3, JOINT_COUNT, 2) and group.keypoints.dtype == np.float32
    assert group.visible.shape == (3, JOINT_COUNT) and group.visible.dtype == bool


@pytest.mark.parametrize("arguments", [(0, (128, 96)), (1, (8, 96)), (1, (128, 8))])
def test_render_group_nonsense_is_refused(arguments: tuple[int, tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="cannot render"):
        render_group(1, *arguments)


def test_render_group_same_seed_is_identical_and_another_differs() -> None:
    first, again, other = render_group(11, 2), render_group(11, 2), render_group(12, 2)
    assert np.array_equal(first.images, again.images)
    assert np.array_equal(first.keypoints, again.keypoints)
    assert np.array_equal(first.labels, again.labels)
    assert not np.array_equal(first.images, other.images)


def test_visible_joints_lie_on_the_parts_they_belong_to() -> None:
    allowed = {
        "nose": {"face", "arms", "upper_clothes"},
        "right_wrist": {"arms", "upper_clothes"},
        "left_wrist": {"arms", "upper_clothes"},
        "right_ankle": {"shoes", "legs", "lower_clothes"},
        "left_ankle": {"shoes", "legs", "lower_clothes"},
        "right_knee": {"legs", "lower_clothes"},
        "left_knee": {"legs", "lower_clothes"},
    }
    checked = hits = 0
    for seed in PEOPLE:
        group = render_group(seed, 2)
        for points, visible, labels in zip(group.keypoints, group.visible, group.labels, strict=True):
            for name, names in allowed.items():
                x, y = np.rint(points[_JOINT[name]]).astype(int)
                if not visible[_JOINT[name]] or not (0 <= x < labels.shape[1] and 0 <= y < labels.shape[0]):
                    continue
                checked += 1
                hits += LABEL_NAMES[labels[y, x]] in names
    assert checked > 100
    # A hand may pass closely before a knee; more than a few would be a wrong projection.
    assert hits / checked > 0.95, f"{hits} of {checked} joints on their part, people {PEOPLE}"


def test_every_present_joint_lies_inside_the_picture_and_missing_ones_are_minus_one() -> None:
    missing = 0
    for seed in PEOPLE:
        group = render_group(seed, 2, (128, 64))
        for points in group.keypoints.reshape(-1, 2):
            if points[0] == -1 or points[1] == -1:
                assert points.tolist() == [-1, -1]
                missing += 1
            else:
                assert -0.5 <= points[0] <= 63.5 and -0.5 <= points[1] <= 127.5
    assert missing > 0


def test_left_and_right_follow_the_view() -> None:
    front = render_group(21, poses=[Pose(), Pose(yaw=180.0)]).keypoints
    right, left = _JOINT["right_shoulder"], _JOINT["left_shoulder"]
    assert front[0, right, 0] < front[0, left, 0], "the person's right is on the picture's left when facing us"
    assert front[1, right, 0] > front[1, left, 0]
    assert (front[1, _JOINT["nose"]] == -1).all(), "a nose cannot be seen from behind"
    profile = pose_skeleton(Pose(yaw=85.0)).joints
    assert profile[_JOINT["nose"], 0] > profile[_JOINT["neck"], 0] + 0.02, "positive yaw faces the right edge"


def test_mirrored_pose_mirrors_the_skeleton() -> None:
    pose = named_pose("walking").pose
    joints, mirror = pose_skeleton(pose).joints, pose_skeleton(mirrored(pose)).joints
    swapped = [0, 1, 5, 6, 7, 2, 3, 4, 11, 12, 13, 8, 9, 10, 15, 14, 17, 16]
    np.testing.assert_allclose(mirror, joints[swapped] * [-1.0, 1.0, 1.0], atol=1e-9)


def test_a_garment_keeps_its_colours_between_poses() -> None:
    for seed in PEOPLE:
        poses = [Pose(), Pose(yaw=15.0, left_arm=replace(Pose().left_arm, spread=60.0))]
        group = render_group(seed, poses=poses)
        person = sample_person(np.random.default_rng(seed))
        for label, garment in ((_LABEL["upper_clothes"], person.top), (_LABEL["lower_clothes"], person.bottom)):
            if garment.pattern.kind is not PatternKind.PLAIN:
                continue
            colors = [np.median(group.images[i][group.labels[i] == label], axis=0) for i in (0, 1)]
            assert np.abs(colors[0] - colors[1]).max() < 25.0, f"person {seed}, {LABEL_NAMES[label]}"


def test_background_is_the_same_in_every_pose_and_outside_the_labels_only() -> None:
    group = render_group(31, 2)
    empty = (group.labels == 0).all(axis=0)
    # Soft edges and the shadow at the feet differ; the upper part of the wall must not.
    wall = empty & (np.arange(empty.shape[0]) < empty.shape[0] // 2)[:, None]
    inner = wall[1:-1, 1:-1] & wall[:-2, 1:-1] & wall[2:, 1:-1] & wall[1:-1, :-2] & wall[1:-1, 2:]
    a, b = (image[1:-1, 1:-1][inner] for image in group.images)
    assert np.array_equal(a, b)


def test_every_label_appears_and_the_person_fills_most_of_the_height() -> None:
    seen: set[int] = set()
    for seed in PEOPLE:
        group = render_group(seed, poses=[Pose()])
        seen |= set(np.unique(group.labels))
        rows = np.flatnonzero((group.labels[0] > 0).any(axis=1))
        assert 0.70 < (rows[-1] - rows[0] + 1) / 128 < 0.97
    assert seen == set(range(len(LABEL_NAMES)))


def test_no_thigh_shows_above_the_hem_of_a_skirt_or_top() -> None:
    # Bare legs seen from the front begin below every garment: no leg pixel has cloth of the top below it.
    for seed in PEOPLE:
        labels = render_group(seed, poses=[named_pose("stepping").pose]).labels[0]
        for column in labels.T:
            legs, top = np.flatnonzero(column == _LABEL["legs"]), np.flatnonzero(column == _LABEL["upper_clothes"])
            if legs.size and top.size:
                assert (legs < top.min()).sum() == 0, f"person {seed}"


def test_pattern_stays_on_the_cloth_when_the_person_turns() -> None:
    u, v = np.meshgrid(np.linspace(-0.2, 0.2, 50), np.linspace(-0.3, 0.0, 50))
    vertical = Pattern(PatternKind.VERTICAL_STRIPES, 0.08).coverage(u, v, np.ones_like(u, bool))
    horizontal = Pattern(PatternKind.HORIZONTAL_STRIPES, 0.08).coverage(u, v, np.ones_like(u, bool))
    assert (vertical == vertical[0]).all() and (horizontal == horizontal[:, :1]).all()
    nowhere = Pattern(PatternKind.CHEST_PRINT, 0.08).coverage(u, v, np.zeros_like(u, bool))
    assert not nowhere.any()
    with pytest.raises(ValueError, match="period"):
        Pattern(PatternKind.CHECKS, 0.03)


def test_training_and_held_out_people_are_disjoint() -> None:
    assert set(HELD_OUT_SEEDS).isdisjoint((TRAINING_SEEDS.start, TRAINING_SEEDS[-1]))
    assert HELD_OUT_SEEDS.stop <= TRAINING_SEEDS.start
    for stream in (0, 1, 17, 10_000):
        assert training_seed(stream, 199_999) in TRAINING_SEEDS
    first, second = ({training_seed(stream, i) for i in range(1000)} for stream in (1, 2))
    assert first.isdisjoint(second)


def test_sampled_poses_respect_joint_limits() -> None:
    rng = np.random.default_rng(5)
    for _ in range(200):
        pose = sample_pose(rng)
        assert within_limits(pose) == pose
        assert min(pose.left_arm.bend, pose.right_arm.bend, pose.left_leg.bend, pose.right_leg.bend) >= 0.0


@pytest.mark.parametrize("entry", LIBRARY, ids=lambda entry: entry.name)
def test_library_poses_lie_within_the_trained_limits(entry) -> None:  # type: ignore[no-untyped-def]
    assert within_limits(entry.pose) == entry.pose
