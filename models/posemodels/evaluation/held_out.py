"""Held-out pairs, rendered once a size, and the versions in which a generator can be asked for them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from posemodels.data.dataset import PairBatch, concatenated, pair_batch, to_images
from posemodels.data.synthetic import HELD_OUT_SEEDS, PersonGroup, render_group

_BATCH = 8
_FIRST_OTHER_PERSON = 20_000


class Version(Enum):
    """What is made of what."""

    TRANSFER = "transfer"
    """The person in the pair's other pose."""
    PREDICTED = "predicted"
    """The transfer, in labels that our layout model predicts from the source's and the target's joints."""
    RECONSTRUCTION = "reconstruction"
    """The pair's target from itself."""
    SWAP = "swap"
    """The person in the layout, and before the background, of another pair's target; there is no truth to it."""


class HeldOutPairs:
    """Pairs of pictures of one person each, in the order of people."""

    def __init__(self, group: PersonGroup) -> None:
        """group: the sources have even indices, and each target follows its source."""
        self._group = group

    @staticmethod
    def render(count: int, size: tuple[int, int]) -> HeldOutPairs:
        """People never trained on, always the same ones, in the same poses at every size."""
        return HeldOutPairs(concatenated([render_group(HELD_OUT_SEEDS[i], 2, size) for i in range(count)]))

    def __len__(self) -> int:
        return len(self._group.images) // 2

    def first(self, count: int) -> HeldOutPairs:
        """The first ones, as many as there are."""
        columns = (getattr(self._group, name)[: 2 * count] for name in ("images", "keypoints", "visible", "labels"))
        return HeldOutPairs(PersonGroup(*columns))

    @property
    def size(self) -> tuple[int, int]:
        return int(self._group.images.shape[1]), int(self._group.images.shape[2])

    def batches(self, sigma: float, version: Version = Version.TRANSFER) -> Iterator[PairBatch]:
        """All pairs, a few at a time. sigma: of the pose maps, in pixels."""
        for start in range(0, len(self), _BATCH):
            at = np.arange(start, min(start + _BATCH, len(self)))
            source, target = 2 * at, 2 * at + 1
            if version is Version.RECONSTRUCTION:
                source = target
            if version is Version.SWAP:
                target = 2 * ((at + 1) % len(self)) + 1
            yield pair_batch(self._group, source, target, sigma)

    @cached_property
    def source_image(self) -> Tensor:
        return to_images(self._group.images[::2])

    @cached_property
    def target_image(self) -> Tensor:
        return to_images(self._group.images[1::2])

    @cached_property
    def source_labels(self) -> Tensor:
        return torch.from_numpy(self._group.labels[::2]).long()

    @cached_property
    def target_labels(self) -> Tensor:
        return torch.from_numpy(self._group.labels[1::2]).long()

    @cached_property
    def target_keypoints(self) -> Tensor:
        return torch.from_numpy(self._group.keypoints[1::2])

    def next_target(self, values: Tensor) -> Tensor:
        """Of what belongs to the targets, that of the pair whose layout `SWAP` takes."""
        return values.roll(-1, dims=0)


def other_people(count: int, size: tuple[int, int]) -> Tensor:
    """Pictures of held-out people who are in no pair, N x 3 x H x W: what generated sets are to look like."""
    seeds = HELD_OUT_SEEDS[_FIRST_OTHER_PERSON : _FIRST_OTHER_PERSON + count]
    return to_images(np.concatenate([render_group(seed, 1, size).images for seed in seeds]))
