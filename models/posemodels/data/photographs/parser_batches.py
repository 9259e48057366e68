"""Batches for the parser for photographs: windows of prepared squares, with joints and colours disturbed once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from posemodels.data.heatmaps import gaussian_maps
from posemodels.data.photographs.person_landmarks import openpose_joints

POSE_SIGMA = 6.0
"""Sigma of the joints' maps in pixels of the square."""

MINIMUM_CONFIDENCE = 0.3
"""Joints that the landmark model is less sure of are missing in the parser's maps, at training as in service."""

_GRID = 16
"""Windows start at whole cells of the coarsest features."""


@dataclass(frozen=True)
class ParserBatch:
    """Inputs as `PersonParser.forward` takes them, and the labels."""

    image: Tensor
    person_mask: Tensor
    pose: Tensor
    features: tuple[Tensor, ...]
    labels: Tensor
    """[B, S, W] int64."""

    @property
    def inputs(self) -> tuple[Tensor, ...]:
        return (self.image, self.person_mask, self.pose, *self.features)


class ParserBatches:
    """Reads squares of the variants that `square_pool.open_variants` gives."""

    def __init__(self, variants: Sequence[dict[str, np.ndarray]], table: np.ndarray, features: Sequence[str]) -> None:
        """:param table: [256] from codes to labels. features: names, by ascending stride."""
        self.variants, self.table, self.features = variants, table, tuple(features)
        self.size = int(variants[0]["image"].shape[1])

    def plain(self, rows: Sequence[int]) -> ParserBatch:
        """The undisturbed squares of those photos."""
        return self._batch([(0, row, 0) for row in rows], self.size, None)

    def drawn(self, rng: np.random.Generator, count: int, photos: int, width: int) -> ParserBatch:
        """Random squares of the first `photos` photos; of each a window of that width that holds most of the person."""
        chosen = []
        for variant, row in zip(rng.integers(len(self.variants), size=count), rng.integers(photos, size=count)):
            chosen.append((int(variant), int(row), self._start(int(variant), int(row), width, rng)))
        return self._batch(chosen, width, rng)

    def _start(self, variant: int, row: int, width: int, rng: np.random.Generator) -> int:
        if width == self.size:
            return 0
        columns = (self.variants[variant]["mask"][row] > 127).sum(0)
        total = float(columns.sum())
        middle = float((columns * np.arange(self.size)).sum()) / total if total else self.size / 2
        start = round((middle + rng.normal(0, 8) - width / 2) / _GRID) * _GRID
        return int(min(max(start, 0), self.size - width))

    def _batch(
        self, chosen: Sequence[tuple[int, int, int]], width: int, rng: np.random.Generator | None
    ) -> ParserBatch:
        def stacked(name: str) -> np.ndarray:
            return np.stack([self.variants[v][name][row][:, x : x + width] for v, row, x in chosen])

        image = torch.from_numpy(stacked("image")).permute(0, 3, 1, 2).float()
        mask = torch.from_numpy(stacked("mask"))[:, None].float() / 255
        points = np.stack([self.variants[v]["points"][row] for v, row, _ in chosen])
        starts = np.array([x for _, _, x in chosen], np.float32)
        features = []
        for name in self.features:
            stride = self.size // self.variants[0][name].shape[-1]
            parts = [self.variants[v][name][row][..., x // stride : (x + width) // stride] for v, row, x in chosen]
            features.append(torch.from_numpy(np.stack(parts)).float())
        if rng is not None:
            image = _recoloured(image, rng)
            if rng.random() < 0.05:
                mask = torch.zeros_like(mask)
        return ParserBatch(
            image=image.clamp(0, 255) / 127.5 - 1,
            person_mask=mask,
            pose=pose_maps(points, starts, (self.size, width), rng),
            features=tuple(features),
            labels=torch.from_numpy(self.table[stacked("codes")]).long(),
        )


def pose_maps(
    points: np.ndarray, starts: np.ndarray, size: tuple[int, int], rng: np.random.Generator | None = None
) -> Tensor:
    """[B, 18, H, W] Gaussian maps of the 18 joints as the service draws them.

    :param points: [B, 33, 5] landmarks in the square. starts: [B] the window's first column.
    :param rng: where given, joints are moved a little and some are left out.
    """
    joints, confidence = openpose_joints(points)
    joints = joints.astype(np.float32) - 0.5
    joints[..., 0] -= starts[:, None]
    known = confidence >= MINIMUM_CONFIDENCE
    if rng is not None:
        joints = joints + rng.normal(0, 1.0, joints.shape).astype(np.float32)
        known &= rng.random(known.shape) > 0.05
    joints[~known] = -1.0
    return gaussian_maps(torch.from_numpy(joints), size, POSE_SIGMA)


def _recoloured(image: Tensor, rng: np.random.Generator) -> Tensor:
    """Each picture's own brightness, contrast and tint; image: [B, 3, H, W] in 0..255."""
    count = len(image)

    def drawn(scale: float, channels: int = 1) -> Tensor:
        return torch.from_numpy(rng.normal(0, scale, (count, channels, 1, 1)).astype(np.float32))

    middle = image.mean((1, 2, 3), keepdim=True)
    return ((image - middle) * (1 + drawn(0.15)) + middle) * (drawn(0.12) + drawn(0.06, 3)).exp()
