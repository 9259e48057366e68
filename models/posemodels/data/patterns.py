"""Garment patterns as functions of body-local surface coordinates, so that they stay on the cloth between poses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np


class PatternKind(Enum):
    PLAIN = "plain"
    HORIZONTAL_STRIPES = "horizontal_stripes"
    VERTICAL_STRIPES = "vertical_stripes"
    CHECKS = "checks"
    DOTS = "dots"
    CHEST_PRINT = "chest_print"


MINIMUM_PERIOD = 0.06
"""Shortest period of a pattern in body heights: at 128 pixels anything finer cannot be told from grey."""


@dataclass(frozen=True)
class Pattern:
    """How the second colour covers a garment. Lengths in body heights; `duty` is the covered fraction of a period."""

    kind: PatternKind
    period: float = 0.08
    duty: float = 0.5
    phase: float = 0.0

    def __post_init__(self) -> None:
        if self.period < MINIMUM_PERIOD:
            raise ValueError(f"a pattern period of {self.period} is below {MINIMUM_PERIOD} body heights")

    def coverage(self, u: np.ndarray, v: np.ndarray, on_chest: np.ndarray) -> np.ndarray:
        """Where the second colour shows.

        :param u: position round the body, v: position along it, same shape.
        :param on_chest: whether the pixel belongs to the torso (prints are nowhere else).
        :return: booleans of the same shape.
        """
        if self.kind is PatternKind.HORIZONTAL_STRIPES:
            return _band(v, self)
        if self.kind is PatternKind.VERTICAL_STRIPES:
            return _band(u, self)
        if self.kind is PatternKind.CHECKS:
            return _band(u, self) ^ _band(v, self)
        if self.kind is PatternKind.DOTS:
            row = np.floor(v / self.period + self.phase)
            du = (u / self.period + self.phase + 0.5 * row) % 1.0 - 0.5
            dv = (v / self.period + self.phase) % 1.0 - 0.5
            return du * du + dv * dv < (0.18 + 0.28 * self.duty) ** 2
        if self.kind is PatternKind.CHEST_PRINT:
            du, dv = u / 0.045, (v + 0.185) / (0.025 + 0.025 * self.duty)
            shape = du * du + dv * dv if self.phase < 0.5 else np.maximum(np.abs(du), np.abs(dv))
            return on_chest & (shape < 1.0)
        return np.zeros(u.shape, dtype=bool)


def _band(x: np.ndarray, pattern: Pattern) -> np.ndarray:
    return (x / pattern.period + pattern.phase) % 1.0 < pattern.duty
