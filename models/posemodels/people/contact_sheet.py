"""Many rendered people in one picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from posemodels.people.assets import Assets
from posemodels.people.rendering.renderer import Renderer
from posemodels.people.sample import render_person


def people_sheet(assets: Assets, renderer: Renderer, seeds: Sequence[int], columns: int) -> np.ndarray:
    """[H, W, 3] uint8: one picture a person, row by row; empty places are white."""
    images = [render_person(assets, renderer, seed, poses=1)[0].rgb for seed in seeds]
    while len(images) % columns:
        images.append(np.full_like(images[0], 255))
    rows = [np.concatenate(images[at : at + columns], axis=1) for at in range(0, len(images), columns)]
    return np.concatenate(rows, axis=0)
