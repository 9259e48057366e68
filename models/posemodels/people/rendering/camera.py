"""Projection of the world, in decimetres with y up, to pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posemodels.people.vectors import unit


@dataclass(frozen=True)
class Camera:
    """A pinhole camera."""

    matrix: np.ndarray
    """[4, 4] world to clip space."""
    eye: np.ndarray
    """[3]."""

    def project(self, points: np.ndarray, size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """x and y in pixels of a picture of (height, width) `size`, and depth, of [..., 3] points."""
        height, width = size
        clip = homogeneous(points, self.matrix)
        x, y, depth = clip[..., 0], clip[..., 1], clip[..., 2]
        return (x / depth + 1) / 2 * width, (1 - y / depth) / 2 * height, depth


def homogeneous(points: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """[..., 3] clip-space x, y and w of [..., 3] points."""
    rows = matrix[[0, 1, 3]]
    return np.asarray(points, np.float64) @ rows[:, :3].T + rows[:, 3]


def look_at(eye: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """[4, 4] from the world to a viewer at `eye` who looks at `centre`, upright."""
    back = unit(eye - centre)
    right = unit(np.cross([0, 1, 0], back))
    view = np.eye(4)
    view[:3, :3] = [right, np.cross(back, right), back]
    view[:3, 3] = -view[:3, :3] @ eye
    return view


def perspective(field_of_view: float, aspect: float, near: float, far: float) -> np.ndarray:
    """[4, 4] from a vertical field of view in radians and width over height."""
    t = 1 / np.tan(field_of_view / 2)
    depth = (far + near) / (near - far), 2 * far * near / (near - far)
    return np.array([[t / aspect, 0, 0, 0], [0, t, 0, 0], [0, 0, *depth], [0, 0, -1, 0]])


def orthographic(reach: float, near: float, far: float) -> np.ndarray:
    """[4, 4] for a square of `reach` in each direction."""
    return np.array(
        [
            [1 / reach, 0, 0, 0],
            [0, 1 / reach, 0, 0],
            [0, 0, -2 / (far - near), -(far + near) / (far - near)],
            [0, 0, 0, 1],
        ]
    )
