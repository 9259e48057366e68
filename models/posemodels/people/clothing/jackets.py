"""Jackets and cardigans worn open over a top."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posemodels.people.body.base_body import BaseBody
from posemodels.people.clothing.tops import front_side

_EVERYWHERE = 9.0


@dataclass(frozen=True)
class Jacket:
    """One cut of an open jacket."""

    sleeve: float
    hem: float
    gap: float
    """Half the width of the opening at the chest, decimetres."""

    def cut(self, body: BaseBody) -> np.ndarray:
        """[V] positive where there is cloth, in decimetres."""
        x, y, _ = body.rest.T
        opening = np.abs(x) - self.gap - 0.1 * np.maximum(y - 3.5, 0)
        field = np.where(front_side(body), opening, _EVERYWHERE)
        field = np.where(y > 5, np.minimum(field, np.sqrt(x**2 + (y - 6.2) ** 2) - 0.85), field)
        return np.where(body.on_arm, (self.sleeve - body.along_arm) * 5, np.minimum(y - self.hem, field))

    def offset(self, body: BaseBody, below: np.ndarray) -> np.ndarray:
        """[V] how far it stands off a top that stands off the tights by `below`."""
        trunk = 0.08 * (body.rest[:, 1] < 3)
        wanted = np.maximum(below + 0.13, 0.3) + np.where(body.on_arm, 0.05, trunk)
        return np.maximum(wanted - below, 0.13)


def random_jacket(rng: np.random.Generator) -> Jacket:
    """Long sleeves, ending at or below the hips; one in four reaches the thighs."""
    hem = rng.uniform(-2.2, -0.6) if rng.random() < 0.25 else rng.uniform(-0.1, 0.6)
    return Jacket(float(rng.choice([0.9, 0.97])), float(hem), float(rng.uniform(0.25, 0.7)))
