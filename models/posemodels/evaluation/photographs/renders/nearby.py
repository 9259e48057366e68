"""How much of a pattern is there when it may lie a little beside its place.

A shop's customer sees the stripes, not that they are a finger's breadth too high: beside the strict figure of
`evaluation.patterns`, this one lets each tile of the picture move to where it fits best.
"""

from __future__ import annotations

import numpy as np

_TILE = 32
_REACH = 0.025
"""Of the picture's height, that a tile may lie beside its place in each direction."""
_STEP = 2


def kept_nearby(made: np.ndarray, truth: np.ndarray, without: np.ndarray, region: np.ndarray) -> float:
    """The slope of the made pattern on the true one, each tile shifted to where that is largest; 1 for the truth.

    Tiles have their means taken out, so that a wrong colour is no pattern.

    :param made: [H, W, 3] of one range, like truth and without. region: [H, W] bool.
    """
    signal = _without_tile_means((truth.astype(np.float64) - without) * region[..., None], region)
    answer = made.astype(np.float64) - without
    reach = round(_REACH * len(region) / _STEP) * _STEP
    shifts = range(-reach, reach + 1, _STEP)
    best = np.full(_tile_sums(region).shape, -np.inf)
    for down in shifts:
        for across in shifts:
            moved = np.roll(answer, (down, across), axis=(0, 1)) * region[..., None]
            best = np.maximum(best, _tile_sums((moved * signal).sum(axis=2)))
    return float(best.sum() / np.square(signal).sum())


def _tile_sums(values: np.ndarray) -> np.ndarray:
    """Of [H, W], over whole and part tiles."""
    rows = np.add.reduceat(values.astype(np.float64), np.arange(0, values.shape[0], _TILE), axis=0)
    sums: np.ndarray = np.add.reduceat(rows, np.arange(0, values.shape[1], _TILE), axis=1)
    return sums


def _without_tile_means(values: np.ndarray, region: np.ndarray) -> np.ndarray:
    """[H, W, C] less the mean over the region within each tile; 0 outside of the region."""
    counts = np.maximum(_tile_sums(region), 1)
    height, width = region.shape
    centred = values.copy()
    for channel in range(values.shape[2]):
        means = _tile_sums(values[..., channel]) / counts
        spread = means.repeat(_TILE, axis=0)[:height].repeat(_TILE, axis=1)[:, :width]
        centred[..., channel] -= spread * region
    return centred
