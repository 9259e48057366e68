"""Training pairs by step number: what a run sees at a step does not depend on how often it was interrupted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from posemodels.data.dataset import PairBatch, held_out_pairs, pair_batch, training_seed
from posemodels.data.synthetic import PersonGroup, render_group
from posemodels.training.config import DataConfig, StageConfig

Render = Callable[[int, int, tuple[int, int]], PersonGroup]


class PairWindow:
    """Pairs of the people in a window that slides forward as steps go by, rendered as they are first needed.

    A batch depends on the seed and its step alone. People cost `poses` renderings and give poses * (poses - 1) ordered
    pairs, most of which are drawn while their person is in the window.
    """

    def __init__(self, config: DataConfig, seed: int, render: Render = render_group) -> None:
        self._config = config
        self._seed = seed
        self._render = render
        self._people: dict[tuple[int, tuple[int, int]], PersonGroup] = {}

    def batch(self, step: int, stage: StageConfig, count: int | None = None) -> PairBatch:
        """`count` random pairs (a batch of the stage by default) of the people in the window at `step`."""
        size = stage.height, stage.width
        rng = np.random.default_rng([self._seed, step])
        oldest = int(step * self._config.people_per_batch)
        chosen = []
        for _ in range(count or stage.batch):
            group = self._person(oldest + int(rng.integers(self._config.window)), size)
            chosen += [(group, int(pose)) for pose in rng.choice(self._config.poses, size=2, replace=False)]
        for key in [key for key in self._people if key[0] < oldest or key[1] != size]:
            del self._people[key]
        names = ("images", "keypoints", "visible", "labels")
        pictures = PersonGroup(*(np.stack([getattr(group, name)[at] for group, at in chosen]) for name in names))
        return pair_batch(pictures, np.arange(0, len(chosen), 2), np.arange(1, len(chosen), 2), stage.sigma)

    def held_out(self, count: int, stage: StageConfig) -> PairBatch:
        """`count` pairs of people never trained on, always the same ones."""
        return held_out_pairs(count, (stage.height, stage.width), stage.sigma)

    def _person(self, index: int, size: tuple[int, int]) -> PersonGroup:
        key = index, size
        if key not in self._people:
            self._people[key] = self._render(training_seed(self._seed, index), self._config.poses, size)
        return self._people[key]


def judged(generated: Tensor, batch: PairBatch) -> Tensor:
    """The generated images with the target's own pixels where nobody knows what it would show: no loss arises there."""
    if batch.target_known is None:
        return generated
    return torch.where(batch.target_known[:, None], generated, batch.target_image)


def foreground(batch: PairBatch) -> Tensor:
    """B x 1 x H x W: 1 where the target shows the person, else 0."""
    return (batch.target_labels > 0).float().unsqueeze(1)
