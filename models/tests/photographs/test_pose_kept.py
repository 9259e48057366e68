"""Which joints count as found again."""

from __future__ import annotations

import numpy as np
import pytest

from posemodels.data.photographs.person_landmarks import POINT_ORDER
from posemodels.evaluation.photographs.scored import Scored
from posemodels.evaluation.photographs.transfers.pose_kept import PoseKept
from posemodels.export.manifest import OPENPOSE_ORDER
from tests.photographs.people import landmarks
from tests.photographs.transferred import JOINTS, person, photo, target

HEIGHT = np.ptp(JOINTS[:, 1])
WRIST = OPENPOSE_ORDER.index("left_wrist")


def measured(joints: np.ndarray = JOINTS, points: np.ndarray | None = None) -> PoseKept:
    measure = PoseKept()
    measure.add(photo(target(read=person(points=points), joints=joints)))
    return measure


def moved(joint: int, by: float) -> np.ndarray:
    """Wanted joints of which one is so many pixels to the right of where it is found."""
    joints = JOINTS.copy()
    joints[joint, 0] += by
    return joints


def test_a_joint_counts_within_a_tenth_of_the_height() -> None:
    assert measured().value() == 1.0
    assert measured(moved(WRIST, 0.099 * HEIGHT)).value() == 1.0
    assert measured(moved(WRIST, 0.101 * HEIGHT)).value() == pytest.approx(17 / 18)


def test_joints_that_are_not_asked_for_or_outside_do_not_count() -> None:
    joints = moved(WRIST, 300)
    joints[OPENPOSE_ORDER.index("right_ear")] = np.nan
    measure = measured(joints)
    assert measure.value() == 1.0
    assert measure.details()["pose.wrist"] == 1.0


def test_a_joint_that_is_only_guessed_is_not_found() -> None:
    points = landmarks()
    points[POINT_ORDER.index("left_wrist"), 3] = -3.0
    measure = measured(points=points)
    assert measure.value() == pytest.approx(17 / 18)
    assert measure.details()["pose.wrist"] == 0.5
    assert measure.details()["pose.of-any-confidence"] == 1.0


def test_nobody_found_is_a_miss_of_every_joint() -> None:
    measure = PoseKept()
    measure.add(photo(target(read=None), target(read=person())))
    assert measure.value() == 0.5
    assert measure.scores[0] == Scored("somebody", "front", 0.0)


def test_nothing_measured_is_not_good() -> None:
    assert np.isnan(PoseKept().value())
