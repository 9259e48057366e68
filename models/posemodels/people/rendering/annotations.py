"""Labels and joints of a picture, from the triangles it shows."""

from __future__ import annotations

import numpy as np

from posemodels.people.labels import HIP_LINE, ONE_PIECE, Label
from posemodels.people.person import Person
from posemodels.people.rendering.camera import Camera

_REST_HEIGHT = 5
"""Column of `Person.static` with the height on the base shape."""


def label_map(person: Person, triangle: np.ndarray, barycentric: np.ndarray) -> np.ndarray:
    """[H, W] uint8 labels."""
    labels = np.zeros(triangle.shape, np.uint8)
    shown = triangle >= 0
    labels[shown] = person.labels[triangle[shown]]
    rows, columns = np.nonzero(labels == ONE_PIECE)
    corners = person.triangles[triangle[rows, columns]]
    height = (person.static[corners, _REST_HEIGHT] * barycentric[rows, columns]).sum(axis=1)
    labels[rows, columns] = np.where(height > HIP_LINE, Label.UPPER_CLOTHES, Label.LOWER_CLOTHES)
    return labels


def project_joints(
    person: Person, bones: np.ndarray, camera: Camera, triangle: np.ndarray, depth: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """[18, 2] joints in pixels, [18] which lie inside, [18] which are seen."""
    height, width = triangle.shape
    carriers = bones[person.body.joints.carriers]
    points = np.einsum("nij,nj->ni", carriers[:, :3, :3], person.shape.joints) + carriers[:, :3, 3]
    x, y, joint_depth = camera.project(points, (height, width))
    inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    columns, rows = x.clip(0, width - 1).astype(int), y.clip(0, height - 1).astype(int)
    shown = triangle[rows, columns]
    own_limb = person.body.joints.limbs[np.arange(len(x)), person.limbs[shown.clip(0)]]
    near = joint_depth - depth[rows, columns] < person.shape.joint_tolerance
    return np.stack([x, y], axis=1), inside, inside & (shown >= 0) & near & own_limb
