"""Streams of rendered people for training: pairs for generators, labelled single pictures for perception."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from posemodels.data.heatmaps import POSE_MAP_SIGMA, gaussian_maps
from posemodels.data.scene import draw_background, draw_clutter, sample_scene
from posemodels.data.synthetic import HELD_OUT_SEEDS, TRAINING_SEEDS, PersonGroup, render_group

_PRIME = 7919


def training_seed(stream: int, index: int) -> int:
    """Seed of the `index`-th person of a training stream; different streams meet different people."""
    return TRAINING_SEEDS.start + ((stream % _PRIME) * 200_000 + index) % len(TRAINING_SEEDS)


@dataclass(frozen=True)
class PairBatch:
    """Pairs of pictures of one person. Images are [B, 3, H, W] in [-1, 1], maps [B, 18, H, W], labels [B, H, W]."""

    source_image: Tensor
    source_pose: Tensor
    source_keypoints: Tensor
    source_labels: Tensor
    target_image: Tensor
    target_pose: Tensor
    target_keypoints: Tensor
    target_labels: Tensor
    target_known: Tensor | None = None
    """[B, H, W] bool: where the target's picture is known; None where it is everywhere."""

    def to(self, device: torch.device) -> PairBatch:
        """The same pairs on a device."""
        fields = vars(self).items()
        moved: dict[str, Any] = {name: None if value is None else value.to(device) for name, value in fields}
        return PairBatch(**moved)


def to_images(images: np.ndarray) -> Tensor:
    """[B, H, W, 3] uint8 to [B, 3, H, W] float32 in [-1, 1]."""
    return torch.from_numpy(np.ascontiguousarray(images.transpose(0, 3, 1, 2))).float() / 127.5 - 1.0


def pair_batch(groups: PersonGroup, source: np.ndarray, target: np.ndarray, sigma: float = POSE_MAP_SIGMA) -> PairBatch:
    """Pairs the pictures with indices `source` and `target`."""
    size = (int(groups.images.shape[1]), int(groups.images.shape[2]))
    source_points, target_points = (torch.from_numpy(groups.keypoints[index]) for index in (source, target))
    return PairBatch(
        to_images(groups.images[source]),
        gaussian_maps(source_points, size, sigma),
        source_points,
        torch.from_numpy(groups.labels[source]).long(),
        to_images(groups.images[target]),
        gaussian_maps(target_points, size, sigma),
        target_points,
        torch.from_numpy(groups.labels[target]).long(),
    )


def held_out_pairs(count: int, size: tuple[int, int], sigma: float = POSE_MAP_SIGMA, first: int = 0) -> PairBatch:
    """`count` pairs of people never trained on, one pair a person, always the same ones."""
    groups = concatenated([render_group(HELD_OUT_SEEDS[first + i], 2, size) for i in range(count)])
    return pair_batch(groups, np.arange(0, 2 * count, 2), np.arange(1, 2 * count, 2), sigma)


def concatenated(groups: list[PersonGroup]) -> PersonGroup:
    """All pictures of all groups, which are of one size."""
    return PersonGroup(
        *(np.concatenate([getattr(g, name) for g in groups]) for name in ("images", "keypoints", "visible", "labels"))
    )


def perception_pool(folder: Path, size: tuple[int, int], people: int, empty: int, seed: int) -> PersonGroup:
    """Labelled pictures on disk, rendered once: two poses a person, every other person before clutter, and some
    pictures with nobody. Images, keypoints and labels are memory-mapped.

    :param people: how many different people.
    :param empty: how many pictures without a person.
    """
    names = ("images", "keypoints", "visible", "labels")
    path = folder / f"pool-{size[0]}x{size[1]}-{people}-{empty}-{seed}"
    if not path.exists():
        groups = [render_group(training_seed(seed, i), 2, size, clutter=i % 2 == 1) for i in range(people)]
        groups.append(_empty_pictures(empty, size, np.random.default_rng([seed, 1])))
        pool = concatenated(groups)
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        partial.mkdir(parents=True)
        for name in names:
            np.save(partial / f"{name}.npy", getattr(pool, name))
        try:
            partial.rename(path)
        except OSError:
            # Another process finished the same pool first; its content is the same.
            if not path.exists():
                raise
            shutil.rmtree(partial)
    return PersonGroup(*(np.load(path / f"{name}.npy", mmap_mode="r") for name in names))


def _empty_pictures(count: int, size: tuple[int, int], rng: np.random.Generator) -> PersonGroup:
    images = []
    for _ in range(count):
        image = draw_background(sample_scene(rng, clutter=bool(rng.random() < 0.7)), *size)
        if rng.random() < 0.5:
            draw_clutter(image, rng)
        images.append(np.clip(image, 0, 255).astype(np.uint8))
    return PersonGroup(
        np.stack(images) if images else np.zeros((0, *size, 3), np.uint8),
        np.full((count, 18, 2), -1.0, dtype=np.float32),
        np.zeros((count, 18), dtype=bool),
        np.zeros((count, *size), dtype=np.uint8),
    )
