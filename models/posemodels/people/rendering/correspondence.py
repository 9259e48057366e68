"""Where the surface that one picture shows lies in another picture of the same person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posemodels.errors import ConfigError
from posemodels.people.rendering.camera import Camera
from posemodels.people.rendering.picture import RenderedPerson

_DEPTH_TOLERANCE = 0.2
"""Decimetres that a point may lie behind what its source pixels show."""
_LEAST_AREA_RATIO = 0.1
"""A surface seen in the source at less than this share of its size in the target counts as unseen."""


@dataclass(frozen=True)
class Correspondence:
    """For every pixel of the target."""

    position: np.ndarray
    """[H, W, 2] float32 x, y in the source, pixel centres at +0.5; -1 where the target shows background."""
    visible: np.ndarray
    """[H, W] bool: whether the source shows the point."""


def correspondence(source: RenderedPerson, target: RenderedPerson) -> Correspondence:
    """Two pictures of one person, of any sizes. Raises ConfigError where the people differ."""
    if source.person is not target.person:
        raise ConfigError(f"pictures of two people, of seeds {source.person.seed} and {target.person.seed}")
    person, shown = target.person, target.triangle >= 0
    triangle = target.triangle[shown]
    corners = person.triangles[triangle]
    in_source, in_target = source.points[corners], target.points[corners]
    points = (in_source * target.barycentric[shown][:, :, None]).sum(axis=1)
    height, width = source.size
    x, y, depth = source.camera.project(points, source.size)
    inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    area, target_area = (
        _signed_area(triangles, picture.camera, picture.size)
        for triangles, picture in ((in_source, source), (in_target, target))
    )
    facing = area * np.sign(target_area) > _LEAST_AREA_RATIO * np.abs(target_area)
    part = person.part_of[triangle]
    deepest = np.full(len(x), -np.inf)
    for dx in (-0.5, 0.5):
        for dy in (-0.5, 0.5):
            rows, columns = (y + dy).clip(0, height - 1).astype(int), (x + dx).clip(0, width - 1).astype(int)
            there = source.triangle[rows, columns]
            same_part = (there >= 0) & (person.part_of[there.clip(0)] == part)
            deepest = np.maximum(deepest, np.where(same_part, source.depth[rows, columns], -np.inf))
    position = np.full((*target.size, 2), -1, np.float32)
    position[shown] = np.stack([x, y], axis=1)
    visible = np.zeros(target.size, dtype=bool)
    visible[shown] = inside & facing & (depth < deepest + _DEPTH_TOLERANCE)
    return Correspondence(position, visible)


def _signed_area(triangles: np.ndarray, camera: Camera, size: tuple[int, int]) -> np.ndarray:
    """[N] twice the area in pixels of [N, 3, 3] triangles, negative where seen from behind."""
    x, y, _ = camera.project(triangles, size)
    return (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0])


def warp(image: np.ndarray, position: np.ndarray) -> np.ndarray:
    """[H, W, C] float32: an image sampled bilinearly at [H, W, 2] positions, its edge going on outwards."""
    height, width = image.shape[:2]
    x, y = (position[..., 0] - 0.5).clip(0, width - 1), (position[..., 1] - 0.5).clip(0, height - 1)
    left, top = x.astype(int), y.astype(int)
    right, bottom = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    fx, fy = (x - left)[..., None], (y - top)[..., None]
    pixels = image.astype(np.float32)
    upper = pixels[top, left] * (1 - fx) + pixels[top, right] * fx
    lower = pixels[bottom, left] * (1 - fx) + pixels[bottom, right] * fx
    return upper * (1 - fy) + lower * fy
