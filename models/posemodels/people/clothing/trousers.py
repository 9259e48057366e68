"""Trousers cut from the tights: leggings, slim, straight, wide, cropped, shorts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posemodels.people.body.base_body import BaseBody

_FULL_LENGTH = 0.985
_STAND_OFF = {
    "leggings": (0.05, 0.05), "slim": (0.12, 0.14), "straight": (0.16, 0.35),
    "wide": (0.2, 0.85), "shorts": (0.15, 0.55), "cropped": (0.14, 0.3),
}  # fmt: skip
"""Decimetres at the top of the thigh and at the hem."""
_WOMENS, _MENS = (0.14, 0.28, 0.28, 0.14, 0.09, 0.07), (0.02, 0.28, 0.31, 0.12, 0.2, 0.07)


@dataclass(frozen=True)
class Trousers:
    """One cut of trousers."""

    kind: str
    length: float
    """Along the leg: 0 at the hip, 0.5 at the knee, 1 at the ankle."""
    waist: float
    """Height of the upper end on the base shape."""

    @property
    def hem(self) -> float:
        """Height of the lower end on the base shape."""
        return float(np.interp(self.length, [0, 0.5, 1], [0.49, -3.69, -7.45]))

    def cut(self, body: BaseBody) -> np.ndarray:
        """[V] positive where there is cloth, in decimetres."""
        field = np.minimum((self.length - body.along_leg) * 6, self.waist - body.rest[:, 1])
        return np.where(body.on_arm, -1, field)

    def offset(self, body: BaseBody) -> np.ndarray:
        """[V] how far the cloth stands off the tights, along their normals."""
        top, end = _STAND_OFF[self.kind]
        if self.kind == "shorts":
            along = np.interp(body.along_leg, [0, 0.1, self.length], [0.1, 0.18, end])
        else:
            along = np.interp(body.along_leg, [0, 0.12, 0.5, self.length], [0.1, top, (top + end) / 2, end])
        return np.where(body.rest[:, 1] > 0.3, 0.1, along)


def random_trousers(rng: np.random.Generator, female: bool, waist: float) -> Trousers:
    """Any kind, as often as each sex wears it."""
    kind = str(rng.choice(list(_STAND_OFF), p=_WOMENS if female else _MENS))
    length = {"shorts": rng.uniform(0.2, 0.5), "cropped": rng.uniform(0.68, 0.85)}.get(kind, _FULL_LENGTH)
    return Trousers(kind, float(length), waist)
