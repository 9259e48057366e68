"""The service's pose library: the named poses as keypoints of the canonical body."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from posemodels.data.poses import LIBRARY
from posemodels.data.skeleton import JOINT_NAMES, Pose, pose_skeleton

_FACE = ("nose", "right_eye", "left_eye", "right_ear", "left_ear")
_HIDDEN_BEYOND = {"nose": -0.10, "right_eye": 0.02, "left_eye": 0.02, "right_ear": -0.50, "left_ear": -0.50}
"""Facial joints whose direction from the head's axis points away from the viewer by more than this are not seen."""


def library_keypoints(pose: Pose) -> list[list[float] | None]:
    """The 18 joints as [x, y] in canonical body heights, origin mid-hip, y down; None for a joint of the face that
    is turned away."""
    bones = pose_skeleton(pose)
    axis = 0.5 * (bones.head_base + bones.head_top)
    points: list[list[float] | None] = []
    for name, joint in zip(JOINT_NAMES, bones.joints, strict=True):
        if name in _FACE:
            away = joint - axis
            if away[2] / np.hypot(away[0], away[2]) < _HIDDEN_BEYOND[name]:
                points.append(None)
                continue
        points.append([round(float(joint[0]), 4) + 0.0, round(float(joint[1]), 4) + 0.0])
    return points


def pose_library() -> list[dict[str, Any]]:
    """Entries with name, title, description and keypoints."""
    return [
        {
            "name": entry.name,
            "title": entry.title,
            "description": entry.description,
            "keypoints": library_keypoints(entry.pose),
        }
        for entry in LIBRARY
    ]


def write_pose_library(path: Path) -> None:
    """Writes the library as JSON, one pose a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join("  " + json.dumps(entry) for entry in pose_library())
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
