"""Which point of the surface each pixel shows, from the triangles that were drawn there."""

from __future__ import annotations

import numpy as np

from posemodels.people.rendering.camera import Camera, homogeneous


def surface_points(
    triangle: np.ndarray, corners: np.ndarray, points: np.ndarray, camera: Camera, sample_offset: float
) -> tuple[np.ndarray, np.ndarray]:
    """Perspective-correct barycentric coordinates [H, W, 3] and depths [H, W] (infinite on the background).

    They are those of the pixel centre, even where that lies a little outside of the triangle; where it lies far
    outside, those of the sample that saw the triangle.

    :param triangle: [H, W] triangle shown, -1 for background.
    :param corners: [T, 3] corners of the triangles.
    :param points: [C, 3] positions of the corners.
    :param sample_offset: how far up and left of the pixel centre, in pixels, triangles were read.
    """
    height, width = triangle.shape
    rows, columns = np.nonzero(triangle >= 0)
    clip = homogeneous(points, camera.matrix)
    a, b, c = (clip[corners[triangle[rows, columns], k]] for k in range(3))
    edges = np.cross(b, c), np.cross(c, a), np.cross(a, b)

    def at(offset: float) -> np.ndarray:
        x, y = (columns + 0.5 - offset) / width * 2 - 1, 1 - (rows + 0.5 - offset) / height * 2
        shares = np.stack([edge[:, 0] * x + edge[:, 1] * y + edge[:, 2] for edge in edges], axis=1)
        total = shares.sum(axis=1, keepdims=True)
        return np.where(np.abs(total) > 1e-12, shares / np.where(total == 0, 1, total), 1 / 3)

    shares = at(0.0)
    far = (shares.min(axis=1) < -0.4) | (shares.max(axis=1) > 1.4)
    shares = np.where(far[:, None], at(sample_offset).clip(-0.2, 1.2), shares)
    shares /= shares.sum(axis=1, keepdims=True)
    barycentric = np.zeros((height, width, 3), np.float32)
    barycentric[rows, columns] = shares
    depth = np.full((height, width), np.inf, np.float32)
    depth[rows, columns] = (shares * np.stack([a[:, 2], b[:, 2], c[:, 2]], axis=1)).sum(axis=1)
    return barycentric, depth
