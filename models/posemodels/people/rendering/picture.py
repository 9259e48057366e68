"""The result of rendering one person in one pose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posemodels.people.person import Person
from posemodels.people.posing.person_pose import PersonPose
from posemodels.people.rendering.camera import Camera


@dataclass(frozen=True)
class RenderedPerson:
    """A picture with everything that is known about it. Joint and pixel positions have pixel centres at +0.5."""

    rgb: np.ndarray
    """[H, W, 3] uint8."""
    labels: np.ndarray
    """[H, W] uint8 indices into `LABEL_NAMES`."""
    joints: np.ndarray
    """[18, 2] x, y in OpenPose order, also of joints outside of the picture."""
    inside: np.ndarray
    """[18] whether a joint lies in the picture."""
    visible: np.ndarray
    """[18] whether a joint lies in the picture and nothing but its own limb is in front of it."""
    triangle: np.ndarray
    """[H, W] int32 triangle of the person that is shown, -1 for background."""
    barycentric: np.ndarray
    """[H, W, 3] where in the triangle the pixel centre lies."""
    depth: np.ndarray
    """[H, W] decimetres from the camera's plane, infinite for background."""
    person: Person
    pose: PersonPose
    camera: Camera
    points: np.ndarray
    """[C, 3] posed corners of the person."""

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.labels.shape[0], self.labels.shape[1]
