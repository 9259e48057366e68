"""A person for tests: landmarks of somebody who stands upright in a square of 256 pixels."""

from __future__ import annotations

import numpy as np

from posemodels.data.photographs.person_landmarks import POINT_ORDER, VALUES

_PLACES = {
    "nose": (128, 40), "mouth_left": (131, 47), "left_ear": (138, 40), "right_ear": (118, 40),
    "left_shoulder": (148, 66), "right_shoulder": (108, 66), "left_elbow": (160, 98), "right_elbow": (96, 98),
    "left_wrist": (168, 128), "right_wrist": (88, 128), "left_index": (170, 140), "right_index": (86, 140),
    "left_hip": (138, 128), "right_hip": (118, 128), "left_knee": (140, 176), "right_knee": (116, 176),
    "left_ankle": (141, 222), "right_ankle": (115, 222), "left_heel": (141, 228), "right_heel": (115, 228),
    "left_foot_index": (150, 232), "right_foot_index": (106, 232),
}  # fmt: skip


def landmarks() -> np.ndarray:
    """[33, 5], all of them visible; points that no test reads lie at the nose."""
    points = np.zeros((len(POINT_ORDER), VALUES), np.float32)
    points[:, :2] = [_PLACES.get(name, _PLACES["nose"]) for name in POINT_ORDER]
    points[:, 3:] = 6.0
    return points
