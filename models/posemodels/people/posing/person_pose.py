"""A pose as parameters that fit every body. Angles in degrees, lengths in decimetres, sides left then right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np


class HandSite(Enum):
    """What a hand's position is relative to."""

    HIP = "hip"
    CHEST = "chest"
    HEAD = "head"


@dataclass(frozen=True)
class ArmDirections:
    """An arm by the directions of its two bones in the chest's frame."""

    upper: np.ndarray
    fore: np.ndarray


@dataclass(frozen=True)
class HandPlace:
    """An arm by where its wrist is; x points away from the body on either side."""

    site: HandSite
    offset: np.ndarray
    elbow_towards: np.ndarray
    hand_towards: np.ndarray


ArmPose = ArmDirections | HandPlace


@dataclass(frozen=True)
class LegPose:
    """A leg by where its ankle is."""

    x: float
    """From the middle, in the units of a hip joint that is 1.1 from it."""
    z: float
    """In front of the hip."""
    toe_out: float
    heel_pitch: float = 0.0
    """How far the foot stands on its toes."""
    lift: float = 0.0


@dataclass(frozen=True)
class PersonPose:
    """Everything that moves. Turns are (pitch, yaw, roll): forward, to the left, to the right."""

    kind: str
    pelvis: tuple[float, float, float]
    spine: tuple[float, float, float]
    head: tuple[float, float, float]
    shift: float
    """The hips to the person's left."""
    legs: tuple[LegPose, LegPose]
    arms: tuple[ArmPose, ArmPose]
    forearm_twist: tuple[float, float] = (0.0, 0.0)
    finger_curl: tuple[float, float] = (12.0, 12.0)
    yaw: float = 0.0
    """Where the person faces: 0 the viewer, positive towards the right edge of the picture."""
