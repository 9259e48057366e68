"""Held-out pictures under the conditions that perception is measured in."""

from __future__ import annotations

from enum import Enum

import numpy as np
import torch

from posemodels.data.augmentation import Labelled, blurred, reframed
from posemodels.data.dataset import to_images
from posemodels.data.scene import draw_background, draw_clutter, sample_scene
from posemodels.data.synthetic import HELD_OUT_SEEDS, render_group

_FIRST_PERSON = 10_000


class Condition(Enum):
    """`CROPS` zooms in by 1.15 to 1.9 and moves, so that parts leave the picture; `BLUR` is Gaussian, sigma 1.2 px."""

    PLAIN = "plain"
    CLUTTER = "clutter"
    BLUR = "blur"
    CROPS = "crops"


def held_out(condition: Condition, people: int, size: tuple[int, int]) -> Labelled:
    """One picture each of people whom no model was trained on, always the same ones."""
    groups = [
        render_group(HELD_OUT_SEEDS[_FIRST_PERSON + i], 1, size, clutter=condition is Condition.CLUTTER)
        for i in range(people)
    ]
    batch = Labelled(
        to_images(np.concatenate([group.images for group in groups])),
        torch.from_numpy(np.concatenate([group.keypoints for group in groups])),
        torch.from_numpy(np.concatenate([group.labels for group in groups])).long(),
    )
    if condition is Condition.BLUR:
        return Labelled(blurred(batch.images, 1.2), batch.keypoints, batch.labels)
    if condition is Condition.CROPS:
        rng = np.random.default_rng(2026)
        scale = torch.from_numpy(rng.uniform(1.15, 1.9, people)).float()
        reach = (scale[:, None] - 1.0) * 0.5 * torch.tensor([float(size[1]), float(size[0])])
        shift = torch.from_numpy(rng.uniform(-1.0, 1.0, (people, 2))).float() * reach
        return reframed(batch, scale, torch.zeros(people), shift)
    return batch


def nobody(count: int, size: tuple[int, int]) -> torch.Tensor:
    """Pictures without a person, half of them cluttered: [count, 3, H, W] in [-1, 1]."""
    rng = np.random.default_rng(HELD_OUT_SEEDS[_FIRST_PERSON - 1])
    images = []
    for i in range(count):
        image = draw_background(sample_scene(rng), *size)
        if i % 2:
            draw_clutter(image, rng)
        images.append(np.clip(image, 0, 255).astype(np.uint8))
    return to_images(np.stack(images))
