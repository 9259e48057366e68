"""What the layout network meets in service and renders lack: labels and joints that networks found, and poses from
libraries, of other size and place than the source."""

from __future__ import annotations

from dataclasses import dataclass, fields

import torch
import torch.nn.functional as F
from torch import Tensor

from posemodels.data.dataset import PairBatch
from posemodels.data.skeleton import MIRRORED_JOINTS
from posemodels.errors import ConfigError

_HEAD = (0, 14, 15, 16, 17)
_WAVES = (6, 5)
"""Cells of the grid on which the wobble of outlines is drawn."""


@dataclass(frozen=True)
class LayoutPairs:
    """Two poses of one person: labels [B, H, W] int64, joints [B, 18, 2] in pixels (-1 missing)."""

    source_labels: Tensor
    source_keypoints: Tensor
    target_labels: Tensor
    target_keypoints: Tensor

    @staticmethod
    def of(batch: PairBatch) -> LayoutPairs:
        return LayoutPairs(batch.source_labels, batch.source_keypoints, batch.target_labels, batch.target_keypoints)


@dataclass(frozen=True, kw_only=True)
class LayoutNoise:
    """How much is changed. Lengths are fractions of the height. Raises ConfigError for what makes no sense."""

    mirrored: float = 0.5
    """Chance that a pair is mirrored."""
    reframed: float = 0.5
    """Chance of each of the two pictures to be scaled and moved by itself."""
    zoom: float = 0.2
    """Largest change of the scale, as a fraction; height and width may differ by a quarter of it."""
    shift: float = 0.05
    source_jitter: float = 0.009
    """Standard deviation of each coordinate of a joint."""
    target_jitter: float = 0.005
    source_missing: float = 0.06
    """Chance of each joint to be left out."""
    target_missing: float = 0.03
    headless: float = 0.05
    """Chance that the source has no joint of the face."""
    wobble: float = 0.012
    """Largest distance by which outlines of the source's labels are moved, as one piece."""
    fray: float = 0.006
    """The same of every pixel by itself, in the worst of pictures."""
    covered: float = 0.1
    """Chance that a rectangle of the source's labels is background."""

    def __post_init__(self) -> None:
        for field in fields(self):
            if not 0 <= getattr(self, field.name) <= 1:
                raise ConfigError(f"{field.name} must be from 0 to 1, got {getattr(self, field.name)}")


def disturbed(pairs: LayoutPairs, noise: LayoutNoise, random: torch.Generator) -> LayoutPairs:
    """A random variation of every pair; labels are those of the pair, moved, or background."""
    count, height, width = pairs.source_labels.shape

    def chance(probability: float, *shape: int) -> Tensor:
        return torch.rand(count, *shape, generator=random) < probability

    def uniform(reach: float, *shape: int) -> Tensor:
        return (torch.rand(count, *shape, generator=random) * 2 - 1) * reach

    def framing() -> tuple[Tensor, Tensor]:
        chosen = chance(noise.reframed, 1).float()
        scale = 1 + chosen * (uniform(noise.zoom, 1) + uniform(noise.zoom / 8, 2))
        return scale, chosen * uniform(noise.shift * height, 2)

    def jittered(points: Tensor, sigma: float, missing: float) -> Tensor:
        moved = points + torch.randn(points.shape, generator=random) * sigma * height
        gone = (points < 0).any(-1) | (moved < 0).any(-1) | chance(missing, points.shape[1])
        return moved.masked_fill(gone[..., None], -1.0)

    pairs = _mirrored(pairs, chance(noise.mirrored))
    smooth = F.interpolate(uniform(1.0, 2, *_WAVES), size=(height, width), mode="bicubic", align_corners=False)
    frayed = uniform(noise.fray, 2, height, width) * torch.rand(count, 1, 1, 1, generator=random)
    wobble = (smooth * noise.wobble + frayed).permute(0, 2, 3, 1) * height
    source_labels, source = _reframed(pairs.source_labels, pairs.source_keypoints, *framing(), wobble)
    target_labels, target = _reframed(pairs.target_labels, pairs.target_keypoints, *framing(), torch.zeros(()))
    source = jittered(source, noise.source_jitter, noise.source_missing)
    source[:, _HEAD] = source[:, _HEAD].masked_fill(chance(noise.headless, 1, 1), -1.0)
    hidden = chance(noise.covered, 1, 1) & _rectangles(count, height, width, random)
    return LayoutPairs(
        source_labels.masked_fill(hidden, 0),
        source,
        target_labels,
        jittered(target, noise.target_jitter, noise.target_missing),
    )


def _mirrored(pairs: LayoutPairs, chosen: Tensor) -> LayoutPairs:
    def labels(values: Tensor) -> Tensor:
        return torch.where(chosen[:, None, None], values.flip(-1), values)

    def joints(points: Tensor) -> Tensor:
        renamed = points[:, list(MIRRORED_JOINTS)]
        across = torch.stack([pairs.source_labels.shape[-1] - 1.0 - renamed[..., 0], renamed[..., 1]], -1)
        across = torch.where((renamed < 0).any(-1, keepdim=True), renamed, across)
        return torch.where(chosen[:, None, None], across, points)

    return LayoutPairs(
        labels(pairs.source_labels),
        joints(pairs.source_keypoints),
        labels(pairs.target_labels),
        joints(pairs.target_keypoints),
    )


def _reframed(
    labels_BHW: Tensor, points_BJ2: Tensor, scale_B2: Tensor, shift_B2: Tensor, wobble_BHW2: Tensor
) -> tuple[Tensor, Tensor]:
    """Scales about the centre and moves, (x, y) in pixels; joints that leave the picture become missing."""
    _, height, width = labels_BHW.shape
    centre = torch.tensor([(width - 1) / 2.0, (height - 1) / 2.0])
    y, x = torch.meshgrid(torch.arange(float(height)), torch.arange(float(width)), indexing="ij")
    pixels_HW2 = torch.stack([x, y], -1)
    origin_BHW2 = (pixels_HW2 + wobble_BHW2 - centre - shift_B2[:, None, None]) / scale_B2[:, None, None]
    grid = origin_BHW2 / torch.tensor([width / 2.0, height / 2.0])
    moved = F.grid_sample(labels_BHW[:, None].float(), grid, mode="nearest", padding_mode="zeros", align_corners=False)
    points = (points_BJ2 - centre) * scale_B2[:, None] + centre + shift_B2[:, None]
    gone = (points_BJ2 < 0).any(-1) | (points < 0).any(-1) | (points > 2 * centre).any(-1)
    return moved[:, 0].round().long(), points.masked_fill(gone[..., None], -1.0)


def _rectangles(count: int, height: int, width: int, random: torch.Generator) -> Tensor:
    """[B, H, W] bool: within a rectangle of a tenth to three tenths of the height."""
    middle = torch.rand(count, 2, generator=random) * torch.tensor([float(width), float(height)])
    reach = (torch.rand(count, 2, generator=random) * 0.1 + 0.05) * height
    x, y = torch.arange(float(width))[None, None], torch.arange(float(height))[None, :, None]
    near_x = (x - middle[:, 0, None, None]).abs() < reach[:, 0, None, None]
    near_y = (y - middle[:, 1, None, None]).abs() < reach[:, 1, None, None]
    return near_x & near_y
