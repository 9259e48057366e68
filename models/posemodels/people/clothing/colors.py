"""Colours of cloth, and matrices that recolour a texture. Colours are [3] RGB in 0 to 1, gamma-encoded."""

from __future__ import annotations

import numpy as np


LUMINANCE = np.array([0.3, 0.59, 0.11])
_NEUTRALS = np.array(
    [
        [0.06, 0.06, 0.07], [0.9, 0.9, 0.88], [0.5, 0.5, 0.52], [0.12, 0.15, 0.28], [0.76, 0.68, 0.55],
        [0.28, 0.36, 0.5], [0.35, 0.25, 0.18], [0.3, 0.32, 0.22], [0.5, 0.12, 0.15],
        [0.75, 0.76, 0.8], [0.2, 0.2, 0.22],
    ]
)  # fmt: skip
_WORN_HUES = (0.0, 0.04, 0.09, 0.58, 0.62, 0.75, 0.93)
_YIQ = np.array([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])


def hsv(hue: float, saturation: float, value: float) -> np.ndarray:
    """All in 0 to 1."""
    k = (np.array([5, 3, 1]) + hue * 6) % 6
    return value - value * saturation * np.clip(np.minimum(k, 4 - k), 0, 1)


def cloth_color(rng: np.random.Generator, neutral: float = 0.5) -> np.ndarray:
    """A colour that clothes have; one of the neutral ones with probability `neutral`."""
    if rng.random() < neutral:
        return np.clip(_NEUTRALS[rng.integers(len(_NEUTRALS))] + rng.normal(0, 0.03, 3), 0.03, 0.95)
    hue = rng.random()
    if 0.2 < hue < 0.5 and rng.random() < 0.6:  # Few clothes are green.
        hue = rng.choice(_WORN_HUES) + rng.normal(0, 0.02)
    saturation = 0.2 + 0.65 * rng.random() * rng.uniform(0.4, 1.15)
    return hsv(hue % 1, saturation, rng.uniform(0.25, 0.9))


def hue_turn(rng: np.random.Generator) -> np.ndarray:
    """[3, 3] a random turn of hue, with saturation and brightness."""
    angle, saturation, value = rng.uniform(0, 2 * np.pi), rng.uniform(0.15, 1.05), rng.uniform(0.55, 1.3)
    c, s = np.cos(angle) * saturation, np.sin(angle) * saturation
    return np.linalg.inv(_YIQ) @ np.array([[1, 0, 0], [0, c, -s], [0, s, c]]) @ _YIQ * value


def recolor(color: np.ndarray, luminance: float) -> np.ndarray:
    """[3, 3] turns a texture of mean `luminance` into shades of `color`."""
    return np.outer(color, LUMINANCE) / max(luminance, 0.04)
