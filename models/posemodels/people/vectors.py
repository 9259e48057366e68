"""Small geometry of 3-D vectors and rotations; matrices turn column vectors."""

from __future__ import annotations

import numpy as np

X, Y, Z = np.eye(3)


def unit(vector: np.ndarray) -> np.ndarray:
    """`vector` at length 1; a null vector stays one."""
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def rotation(axis: np.ndarray, degrees: float) -> np.ndarray:
    """Right-handed turn about `axis`, of any length but 0."""
    angle = np.radians(degrees)
    x, y, z = unit(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross


def frame(direction: np.ndarray, hint: np.ndarray) -> np.ndarray:
    """Right-handed axes as columns: along `direction`, then `hint` as far as it is square to it."""
    first = unit(direction)
    second = unit(hint - first * (hint @ first))
    return np.stack([first, second, np.cross(first, second)], axis=1)


def swing(start: np.ndarray, end: np.ndarray, most: float = 180.0) -> np.ndarray:
    """The shortest turn from one direction towards another, by `most` degrees at most."""
    a, b = unit(start), unit(end)
    axis = np.cross(a, b)
    sine = float(np.linalg.norm(axis))
    if sine < 1e-6:
        return np.eye(3)
    return rotation(axis, min(float(np.degrees(np.arctan2(sine, a @ b))), most))


def row_normalized(matrix: np.ndarray) -> np.ndarray:
    """Rows at length 1."""
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
