"""Training and held-out pairs: one procedural person in two poses, with pose maps.

Shapes: B batch, J joints, H height, W width.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from posemodels.data.synthetic import HELD_OUT_SEEDS, TRAINING_SEEDS, PersonGroup, render_group
from posemodels.training.config import DataConfig

Render = Callable[[int, int, tuple[int, int]], PersonGroup]


@dataclass(frozen=True)
class PairBatch:
    """B pairs, ready for a generator."""

    source_image: Tensor
    """B x 3 x H x W in [-1, 1]."""
    source_pose: Tensor
    """B x J x H x W in [0, 1]."""
    target_pose: Tensor
    target_image: Tensor
    foreground: Tensor
    """B x 1 x H x W: 1 where the target shows the person, else 0."""
    target_keypoints: Tensor
    """B x J x 2 (x, y), (-1, -1) where missing."""

    def to(self, device: torch.device) -> PairBatch:
        return PairBatch(**{name: value.to(device) for name, value in vars(self).items()})


def pose_maps(keypoints_BJ2: Tensor, size: tuple[int, int], sigma: float) -> Tensor:
    """Gaussians of peak 1 at whole pixels, zero for missing keypoints: B x J x H x W.

    Coordinates are rounded to pixels first, as the published maps are.
    """
    height, width = size
    rounded = torch.floor(keypoints_BJ2 + 0.5)
    present = (keypoints_BJ2 >= 0).all(dim=-1)
    x_BJW = torch.exp(-((torch.arange(width) - rounded[..., 0:1]) ** 2) / (2 * sigma**2))
    y_BJH = torch.exp(-((torch.arange(height) - rounded[..., 1:2]) ** 2) / (2 * sigma**2))
    return y_BJH.unsqueeze(-1) * x_BJW.unsqueeze(-2) * present[..., None, None]


def to_image(rgb_BHW3: np.ndarray) -> Tensor:
    """8-bit RGB to B x 3 x H x W in [-1, 1]."""
    return torch.from_numpy(rgb_BHW3).permute(0, 3, 1, 2).float() / 127.5 - 1.0


def make_pairs(choices: list[tuple[PersonGroup, int, int]], size: tuple[int, int], sigma: float) -> PairBatch:
    """Joins (person, source picture, target picture) choices into a batch."""
    source_keypoints = torch.from_numpy(np.stack([group.keypoints[source] for group, source, _ in choices]))
    target_keypoints = torch.from_numpy(np.stack([group.keypoints[target] for group, _, target in choices]))
    labels = torch.from_numpy(np.stack([group.labels[target] for group, _, target in choices]))
    return PairBatch(
        source_image=to_image(np.stack([group.images[source] for group, source, _ in choices])),
        source_pose=pose_maps(source_keypoints, size, sigma),
        target_pose=pose_maps(target_keypoints, size, sigma),
        target_image=to_image(np.stack([group.images[target] for group, _, target in choices])),
        foreground=(labels > 0).float().unsqueeze(1),
        target_keypoints=target_keypoints,
    )


def held_out_pairs(count: int, size: tuple[int, int], sigma: float, first: int = 0) -> PairBatch:
    """The same `count` pairs every time, of people that are never trained on."""
    seeds = HELD_OUT_SEEDS[first : first + count]
    return make_pairs([(render_group(seed, 2, size), 0, 1) for seed in seeds], size, sigma)


class PairStream:
    """Endless training pairs. A batch depends on the seed and its step alone, so a resumed run sees the same ones."""

    def __init__(self, config: DataConfig, seed: int, render: Render = render_group) -> None:
        self._config = config
        self._seed = seed
        self._render = render
        self._window: OrderedDict[tuple[int, tuple[int, int]], PersonGroup] = OrderedDict()

    def batch(self, step: int, count: int, size: tuple[int, int], sigma: float) -> PairBatch:
        """`count` random pairs of the people in the window at `step`."""
        rng = np.random.default_rng([self._seed, step])
        newest = int(step * self._config.people_per_batch)
        choices = []
        for _ in range(count):
            group = self._person(newest + int(rng.integers(self._config.window)), size)
            source, target = rng.choice(self._config.poses, size=2, replace=False)
            choices.append((group, int(source), int(target)))
        for key in [key for key in self._window if key[0] < newest or key[1] != size]:
            del self._window[key]
        return make_pairs(choices, size, sigma)

    def _person(self, index: int, size: tuple[int, int]) -> PersonGroup:
        key = index, size
        if key not in self._window:
            person_seed = TRAINING_SEEDS[(self._seed * 10_000_000 + index) % len(TRAINING_SEEDS)]
            self._window[key] = self._render(person_seed, self._config.poses, size)
        return self._window[key]
