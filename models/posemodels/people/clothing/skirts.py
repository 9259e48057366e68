"""Skirts cut from the skirt around the body: length, flare and pleats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posemodels.people.body.base_body import BaseBody
from posemodels.people.body.shape import BodyShape

WAIST = 1.75
"""Height of the waistband on the base shape."""
_SECTORS = 24


@dataclass(frozen=True)
class Skirt:
    """One cut of a skirt."""

    hem: float
    """Height of the lower end on the base shape, decimetres; the knee is at -3.7."""
    flare: float
    """Growth of the radius over 60 cm, as a share."""
    pleat_depth: float
    pleats: int
    slack: float
    """Decimetres between waist and waistband."""

    def cut(self, body: BaseBody) -> np.ndarray:
        """[V] positive where there is cloth, in decimetres."""
        y = body.rest[:, 1]
        return np.minimum(y - self.hem, WAIST + 0.2 - y)

    def covered(self, body: BaseBody) -> np.ndarray:
        """[V] positive where it hides the skin."""
        y = body.rest[:, 1]
        return np.where(body.on_arm | (y >= WAIST - 0.1), -1, y - self.hem)

    def positions(self, body: BaseBody, shape: BodyShape) -> np.ndarray:
        """[V, 3] of the skirt: its waistband follows the waist, below it flares and folds."""
        y = body.rest[body.skirt.base_vertices, 1]
        points = shape.positions[body.skirt.base_vertices]
        index = body.rig.index
        axis = (shape.bone_heads[index["upperleg01.L"]] + shape.bone_heads[index["upperleg01.R"]]) / 2
        out = points - axis
        angle, radius = np.arctan2(out[:, 0], out[:, 2]), np.hypot(out[:, 0], out[:, 2])
        near_waist = np.clip((y - 0.1) / 1.5, 0, 1)
        near_waist = near_waist * near_waist * (3 - 2 * near_waist)
        down = np.clip((1.8 - y) / 6, 0, 1.5)
        folds = self.pleat_depth * np.clip(down * 4, 0, 1) * np.sin(self.pleats * angle)
        band = _waist_radius(body, shape, axis, angle)
        growth = 1 + near_waist * (band / radius - 1) + self.flare * down + folds + self.slack / radius
        moved = points.copy()
        moved[:, 0], moved[:, 2] = axis[0] + out[:, 0] * growth, axis[2] + out[:, 2] * growth
        return moved


def random_skirt(rng: np.random.Generator, slack: float) -> Skirt:
    """From mini to the floor; one in three is pleated."""
    hem = float(rng.choice([-1.6, -2.6, -3.4, -5.2, -6.8], p=[0.14, 0.3, 0.3, 0.16, 0.1]))
    pleat_depth = float(rng.choice([0, 0, rng.uniform(0.03, 0.09)]))
    return Skirt(hem, float(rng.uniform(-0.03, 0.28)), pleat_depth, int(rng.integers(8, 22)), slack)


def _waist_radius(body: BaseBody, shape: BodyShape, axis: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """[V] distance of the waist from `axis` in each direction, smoothed over sectors."""
    at = body.tights.base_vertices
    y = body.rest[at, 1]
    ring = shape.positions[at][(y > 1.5) & (y < 2.1) & ~body.on_arm[at]] - axis
    sectors = ((np.arctan2(ring[:, 0], ring[:, 2]) / np.pi + 1) * _SECTORS / 2).astype(int) % _SECTORS
    reach = np.hypot(ring[:, 0], ring[:, 2])
    radii = np.array([reach[sectors == i].max() if (sectors == i).any() else np.nan for i in range(_SECTORS)])
    radii[np.isnan(radii)] = np.nanmean(radii)
    padded = np.concatenate([radii[-2:], radii, radii[:2]])
    smooth = np.convolve(padded, [0.25, 0.5, 0.25], "same")[1:-1]
    centres = (np.arange(_SECTORS + 2) - 0.5) / _SECTORS * 2 * np.pi - np.pi
    return np.interp(angle, centres, smooth)
