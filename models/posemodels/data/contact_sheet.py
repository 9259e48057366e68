"""Pictures of samples for people to look at: renders, skeleton overlays and parsing maps side by side."""

from __future__ import annotations

import colorsys

import numpy as np
from PIL import Image, ImageDraw

from posemodels.data.skeleton import LIMBS
from posemodels.data.synthetic import PersonGroup

LABEL_COLORS = np.array(
    [
        [0, 0, 0],
        [139, 69, 19],
        [255, 205, 160],
        [215, 48, 48],
        [46, 84, 214],
        [255, 150, 60],
        [60, 190, 120],
        [190, 60, 190],
    ],
    dtype=np.uint8,
)
"""RGB a label of the parsing map."""


def draw_skeleton(image: np.ndarray, keypoints: np.ndarray) -> np.ndarray:
    """A copy of `image` ([H, W, 3] uint8) with the present joints ([18, 2], -1 missing) and the limbs between them."""
    canvas = Image.fromarray(image.copy())
    pen = ImageDraw.Draw(canvas)
    radius = max(1.0, image.shape[0] / 110.0)
    present = (keypoints >= 0).all(axis=1)
    for number, (a, b) in enumerate(LIMBS):
        if present[a] and present[b]:
            pen.line((*keypoints[a], *keypoints[b]), fill=_hue(number / len(LIMBS)), width=max(1, round(radius)))
    for joint in np.flatnonzero(present):
        x, y = keypoints[joint]
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(255, 255, 255))
    return np.asarray(canvas)


def _hue(fraction: float) -> tuple[int, int, int]:
    r, g, b = colorsys.hsv_to_rgb(fraction * 0.85, 0.9, 1.0)
    return int(r * 255), int(g * 255), int(b * 255)


def contact_sheet(groups: list[PersonGroup], columns: int = 2) -> np.ndarray:
    """One row a person: all poses, then skeleton and parsing map of the last one; `columns` people side by side."""
    tiles = [
        np.concatenate(
            [*group.images, draw_skeleton(group.images[-1], group.keypoints[-1]), LABEL_COLORS[group.labels[-1]]],
            axis=1,
        )
        for group in groups
    ]
    while len(tiles) % columns:
        tiles.append(np.full_like(tiles[0], 255))
    rows = [np.concatenate(tiles[i : i + columns], axis=1) for i in range(0, len(tiles), columns)]
    return np.concatenate(rows, axis=0)
