"""Paints the target: keeps the photo's own pixels where it shows the surface, and fills in the rest.

Tensor names end in the letters of their axes: B batch, L labels, S style, H and W height and width.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import static_size
from posemodels.architectures.flow_transfer.blocks import Everywhere, Residual, conv, doubled, smoothly_doubled
from posemodels.architectures.flow_transfer.config import LABELS, FlowTransferConfig
from posemodels.architectures.flow_transfer.style_vectors import StyleVectors
from posemodels.data.skeleton import JOINT_COUNT

_COLORS = 3
_KEPT = 3.0
"""Logit with which carried pixels are kept at first."""


@dataclass(frozen=True)
class Carried:
    """The source seen through the flow."""

    image_B3HW: Tensor
    """At the picture's size."""
    trust_B1hw: Tensor
    """At half of it, 0 to 1: whether the pixel carried there shows the surface, and not the wall."""


def carry(source_image: Tensor, source_parsing: Tensor, flow_B2hw: Tensor, visibility_B1hw: Tensor) -> Carried:
    """Image at the picture's size, everything else at half of it; visibility from 0 to 1."""
    wide = smoothly_doubled(flow_B2hw).permute(0, 2, 3, 1)
    image = F.grid_sample(source_image, wide, padding_mode="border", align_corners=False)
    surface = F.grid_sample(1 - source_parsing[:, :1], flow_B2hw.permute(0, 2, 3, 1), align_corners=False)
    return Carried(image, visibility_B1hw * surface)


class ColorNet(nn.Module):
    """A U-Net that works at half of the picture's size and below."""

    def __init__(self, config: FlowTransferConfig) -> None:
        super().__init__()
        half, quarter, eighth = config.color
        self.style = StyleVectors(config.style)
        self.stem = conv(4 * _COLORS + 1 + len(LABELS) + self.style.size, half)
        self.narrow4 = nn.Sequential(conv(half, quarter, stride=2), Residual(quarter))
        self.posed4 = conv(quarter + JOINT_COUNT, quarter)
        self.narrow8 = nn.Sequential(conv(quarter, eighth, stride=2), Residual(eighth), Residual(eighth))
        self.deepest = Everywhere(eighth)
        self.merge4 = nn.Sequential(conv(eighth + quarter, quarter), Residual(quarter))
        self.merge2 = nn.Sequential(conv(quarter + half, half), Residual(half))
        self.paint = nn.Sequential(nn.Conv2d(half, 4 * (_COLORS + 1), 3, 1, 1), nn.PixelShuffle(2))

    def forward(
        self,
        carried: Carried,
        target_labels_BLhw: Tensor,
        target_pose: Tensor,
        source_image: Tensor,
        source_parsing: Tensor,
    ) -> Tensor:
        """Labels from 0 to 1 at half of the picture's size, the pose at a quarter; B x 3 x H x W in [-1, 1], painted
        beyond the person's outline."""
        looks_BLS = self.style(source_image, source_parsing)
        _, height, width = static_size(target_labels_BLhw)
        spread = torch.matmul(looks_BLS.transpose(1, 2), target_labels_BLhw.flatten(2))
        style = spread.reshape(-1, self.style.size, height, width)
        trust = smoothly_doubled(carried.trust_B1hw)
        seen = F.pixel_unshuffle(carried.image_B3HW * trust, 2)
        x2 = self.stem(torch.cat([seen, carried.trust_B1hw, target_labels_BLhw, style], dim=1))
        x4 = self.posed4(torch.cat([self.narrow4(x2), target_pose], dim=1))
        x8 = self.deepest(self.narrow8(x4))
        y4 = self.merge4(torch.cat([doubled(x8), x4], dim=1))
        y2 = self.merge2(torch.cat([doubled(y4), x2], dim=1))
        painted = self.paint(y2).float()
        # The garment's mean colour is the place to start from.
        base = smoothly_doubled(style[:, -_COLORS:])
        color = (base + painted[:, :_COLORS]).clamp(-1.0, 1.0)
        kept = trust * (painted[:, _COLORS:] + _KEPT).sigmoid()
        return kept * carried.image_B3HW + (1 - kept) * color
