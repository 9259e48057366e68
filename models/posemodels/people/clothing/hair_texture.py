"""Strands and curls for hair whose own texture is not among the assets."""

from __future__ import annotations

from enum import Enum

import numpy as np
from scipy.ndimage import gaussian_filter

_SIZE = 256


class HairTexture(Enum):
    """A texture that is drawn instead of read."""

    STRANDS = "strands"
    CURLS = "curls"


def draw_hair(kind: HairTexture) -> np.ndarray:
    """[256, 256, 4] uint8 grey RGBA: streaks along v with a ragged lower end, or curls with holes."""
    rng = np.random.default_rng(1)

    def noise(sigma_y: float, sigma_x: float) -> np.ndarray:
        field = gaussian_filter(rng.normal(size=(_SIZE, _SIZE)), (sigma_y, sigma_x), mode="wrap")
        return field / field.std()

    if kind is HairTexture.CURLS:
        curls = noise(2.2, 2.2)
        grey, alpha = 0.45 + 0.2 * curls, (curls > -0.25).astype(float)
    else:
        fine, coarse = noise(40, 0.7), noise(60, 4)
        end = np.linspace(1, 0, _SIZE)[:, None]
        grey, alpha = 0.5 + 0.12 * fine + 0.1 * coarse, (end - 0.012 - 0.05 * (0.5 + 0.5 * fine)) * 40
    grey = np.clip(grey, 0.1, 1)
    return (np.dstack([grey, grey, grey, np.clip(alpha, 0, 1)]) * 255).astype(np.uint8)
