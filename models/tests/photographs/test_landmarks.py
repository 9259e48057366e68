"""Joints, their maps, and skin split by the bones between them."""

from __future__ import annotations

import numpy as np
import pytest

from posemodels.data.photographs.parser_batches import pose_maps
from posemodels.data.photographs.person_landmarks import POINT_ORDER, openpose_joints
from posemodels.data.photographs.skin import nearest_limb
from posemodels.data.photographs.street_labels import SKIN
from posemodels.export.manifest import OPENPOSE_ORDER
from tests.photographs.people import landmarks


def test_the_neck_is_the_middle_of_the_shoulders_and_as_sure_as_the_less_sure() -> None:
    points = landmarks()
    points[POINT_ORDER.index("left_shoulder"), 3] = 0.0
    joints, confidence = openpose_joints(points)
    neck = OPENPOSE_ORDER.index("neck")
    assert joints[neck].tolist() == [128, 66] and confidence[neck] == pytest.approx(0.5)
    assert joints[OPENPOSE_ORDER.index("right_wrist")].tolist() == [88, 128]


def test_maps_peak_at_the_joints_in_the_windows_columns() -> None:
    maps = pose_maps(landmarks()[None], np.array([64.0], np.float32), (256, 128))
    wrist = maps[0, OPENPOSE_ORDER.index("left_wrist")]
    row, column = divmod(int(wrist.argmax()), 128)
    assert abs(column + 0.5 - (168 - 64)) <= 0.5 and abs(row + 0.5 - 128) <= 0.5


def test_a_joint_that_is_not_seen_has_an_empty_map() -> None:
    points = landmarks()
    points[POINT_ORDER.index("left_knee"), 3] = -3.0
    maps = pose_maps(points[None], np.zeros(1, np.float32), (256, 256))
    assert maps[0, OPENPOSE_ORDER.index("left_knee")].max() == 0
    assert maps[0, OPENPOSE_ORDER.index("right_knee")].max() > 0.9


@pytest.mark.parametrize(
    ("place", "limb"),
    [((128, 30), "face"), ((128, 75), "face"), ((86, 138), "arms"), ((157, 88), "arms"), ((139, 160), "legs")],
)
def test_skin_belongs_to_the_nearest_bone(place: tuple[float, float], limb: str) -> None:
    assert SKIN[nearest_limb(np.array([place], np.float64), landmarks())[0]] == limb
