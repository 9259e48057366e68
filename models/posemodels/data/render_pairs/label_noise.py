"""Parsing maps as a network finds them: frayed outlines, wrong patches, limbs and clothes taken for each other."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from posemodels.data.render_pairs.frames import pixel_centres

ACCESSORY = 8
_CONFUSED = ((5, 3), (3, 5), (6, 4), (4, 6), (2, 1), (1, 2), (4, 3), (3, 4), (7, 6), (7, 4))
"""Labels that are taken for each other, as (true, found)."""


@dataclass(frozen=True)
class Patches:
    """One turned patch a picture, by its middle, half axes and turn; none where the axes are zero."""

    middle_B2: Tensor
    axes_B2: Tensor
    turn_B: Tensor
    rounded_B: Tensor
    """Which are ellipses; the others have four corners."""

    @staticmethod
    def random(random: torch.Generator, middle_B2: Tensor, largest: float, share: float) -> Patches:
        """Patches with half axes up to `largest` of the frame, in `share` of the pictures."""
        count = len(middle_B2)
        axes = largest * (0.2 + 0.8 * torch.rand(count, 2, generator=random))
        axes = axes * (torch.rand(count, 1, generator=random) < share)
        turn = torch.pi * torch.rand(count, generator=random)
        return Patches(middle_B2, axes, turn, torch.rand(count, generator=random) < 0.5)

    def cover(self, points_BHW2: Tensor) -> Tensor:
        """[B, H, W] which points lie in the patch."""
        away = points_BHW2 - self.middle_B2[:, None, None]
        cosine, sine = self.turn_B.cos()[:, None, None], self.turn_B.sin()[:, None, None]
        along, across = away[..., 0] * cosine + away[..., 1] * sine, away[..., 1] * cosine - away[..., 0] * sine
        axes = self.axes_B2.clamp_min(1e-6)[:, None, None]
        along, across = along / axes[..., 0], across / axes[..., 1]
        ellipse = along.square() + across.square()
        rectangle = torch.maximum(along.abs(), across.abs())
        return torch.where(self.rounded_B[:, None, None], ellipse, rectangle) < 1


def frayed(random: torch.Generator, batch: int, size: tuple[int, int]) -> Tensor:
    """[B, H, W, 2] by how much of the frame outlines are off, in long and in short waves."""
    total = torch.zeros(batch, *size, 2)
    for cells, spread in (((8, 6), 0.022), ((32, 24), 0.012)):
        waves = torch.randn(batch, 2, *cells, generator=random) * spread
        total = total + F.interpolate(waves, size, mode="bilinear", align_corners=False).permute(0, 2, 3, 1)
    return total * torch.rand(batch, 1, 1, 1, generator=random)


def misread(labels_BHW: Tensor, random: torch.Generator) -> Tensor:
    """Labels with wrong patches: confusions that parsers make, and here and there anything."""
    batch, height, width = labels_BHW.shape
    points = pixel_centres((height, width)).expand(batch, -1, -1, -1)
    for _ in range(2):
        middle = torch.rand(batch, 2, generator=random) * 1.6 - 0.8
        patch = Patches.random(random, middle, 0.22, 0.35).cover(points)
        pair = torch.tensor(_CONFUSED)[torch.randint(len(_CONFUSED), (batch,), generator=random)]
        true, found = pair[:, 0, None, None], pair[:, 1, None, None]
        labels_BHW = torch.where(patch & (labels_BHW == true), found, labels_BHW)
    middle = torch.rand(batch, 2, generator=random) * 1.6 - 0.8
    anything = torch.randint(ACCESSORY, (batch, 1, 1), generator=random)
    return torch.where(Patches.random(random, middle, 0.1, 0.3).cover(points), anything, labels_BHW)
