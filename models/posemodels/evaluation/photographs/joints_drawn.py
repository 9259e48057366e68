"""Wanted and found joints drawn over a result."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from posemodels.data.skeleton import LIMBS

WANTED, FOUND = "#00e000", "#ff2020"


def with_joints(image: Image.Image, wanted: np.ndarray, found: np.ndarray | None) -> Image.Image:
    """wanted, found: [18, 2] in pixels, NaN for none."""
    drawn = image.copy()
    for joints, color in ((wanted, WANTED), (found, FOUND)):
        if joints is not None:
            _draw(drawn, joints, color)
    return drawn


def _draw(image: Image.Image, joints: np.ndarray, color: str) -> None:
    draw = ImageDraw.Draw(image)
    width = max(1, image.height // 250)
    known = ~np.isnan(joints).any(axis=1)
    for start, end in LIMBS:
        if known[start] and known[end]:
            draw.line([tuple(joints[start]), tuple(joints[end])], fill=color, width=width)
