"""The poses of one person's pictures: photographs as shops take them, and the targets that they are asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from posemodels.data.poses import LIBRARY
from posemodels.people.posing.library_pose import library_pose
from posemodels.people.posing.person_pose import PersonPose
from posemodels.people.posing.random_pose import random_pose

_ORDINARY, _LIBRARY, _TURNED = "ordinary", "library", "turned"
_CYCLE = (_ORDINARY, _LIBRARY, _TURNED, _ORDINARY)
_LIBRARY_TURN = 6.0
"""Standard deviation in degrees of what a pose of the library is turned by."""


def pair_poses(rng: np.random.Generator, count: int) -> list[PersonPose]:
    """Ordinary poses, a pose of the library, and one that is seen from any side, over and over."""
    return [_pose(rng, _CYCLE[at % len(_CYCLE)]) for at in range(count)]


def _pose(rng: np.random.Generator, kind: str) -> PersonPose:
    if kind == _LIBRARY:
        entry = LIBRARY[rng.integers(len(LIBRARY))]
        pose = library_pose(entry.name, entry.pose)
        return _turned(pose, float(rng.normal(0, _LIBRARY_TURN)))
    return random_pose(rng, yaw=float(rng.uniform(-180, 180)) if kind == _TURNED else None)


def _turned(pose: PersonPose, degrees: float) -> PersonPose:
    return replace(pose, yaw=pose.yaw + degrees)
