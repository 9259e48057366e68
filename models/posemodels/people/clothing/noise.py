"""Smooth noise that repeats without a seam."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.ndimage import gaussian_filter

_FIELDS = 3


@lru_cache(maxsize=128)
def _field(sigma_x: float, sigma_y: float, number: int, size: int) -> np.ndarray:
    rng = np.random.default_rng([int(sigma_x * 10), int(sigma_y * 10), number, size])
    smooth = gaussian_filter(rng.normal(size=(size, size)), (sigma_y, sigma_x), mode="wrap")
    ranks = np.argsort(np.argsort(smooth.ravel()))
    return (ranks.reshape(size, size) / ranks.size).astype(np.float32)


def tileable_noise(
    rng: np.random.Generator, sigma_x: float, sigma_y: float | None = None, size: int = 128
) -> np.ndarray:
    """[size, size], uniform in 0 to 1, blurred by sigmas in texels: one of a few fields, shifted at random."""
    field = _field(round(sigma_x, 1), round(sigma_y or sigma_x, 1), int(rng.integers(_FIELDS)), size)
    return np.roll(field, tuple(rng.integers(0, size, 2)), (0, 1))
