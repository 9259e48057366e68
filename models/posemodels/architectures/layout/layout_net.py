"""Layout network of ours: the parsing map of a person in another pose, before there is a picture of it.

A U-Net on the target's pose draws the figure. What the source shows decides how it is dressed: read at points of the
body, it scales and shifts every level of the U-Net, and is written to the same points of the target as a hint.

Tensor names end in the letters of their axes: B batch, C channels, K points of the body, E what is told of one point.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import flatten_positions, require_map
from posemodels.architectures.layout.body_points import BodyPoints, distance_fields
from posemodels.architectures.perception.unet_trunk import GlobalContext, conv_block
from posemodels.data.skeleton import JOINT_COUNT

LABELS = 8
STRIDE = 16
"""Height and width are multiples of it."""

_SEEN = 24
_TOLD = 12
_SHAPE = 64
_STYLE = 128
_BESIDE = 0.05
"""What the hints of all points fade against."""


class LayoutNet(nn.Module):
    """Source labels B x 8 x H x W, one-hot, and both poses B x 18 x H x W to scores B x 8 x H x W (logits)."""

    def __init__(self, widths: tuple[int, int, int, int] = (32, 48, 64, 96)) -> None:
        super().__init__()
        if len(widths) != 4 or min(widths) < 4:
            raise ValueError(f"widths must be four numbers of at least 4, got {widths}")
        a, b, c, d = widths
        self.points = BodyPoints()
        self.source = SourceReader(self.points)
        self.level2 = StyledConv(JOINT_COUNT, a, 2)
        self.narrow4, self.level4 = conv_block(a, b, 2), StyledConv(b + _TOLD, b)
        self.narrow8, self.level8 = conv_block(b, c, 2), StyledConv(c, c)
        self.narrow16, self.level16 = conv_block(c, d, 2), StyledConv(d, d)
        self.deepest = nn.Sequential(GlobalContext(d), conv_block(d, d))
        self.widen8, self.merge8 = conv_block(d, c, kernel=1), StyledConv(c, c)
        self.widen4, self.merge4 = conv_block(c, b, kernel=1), StyledConv(b, b)
        self.widen2, self.merge2 = conv_block(b, a, kernel=1), StyledConv(a, a)
        self.last = StyledConv(a, a)
        # Half-resolution features, four sets of scores each: sharp edges without full-resolution convolutions.
        self.scores = nn.Sequential(nn.Conv2d(a, LABELS * 4, 1), nn.PixelShuffle(2))
        self.upsample = nn.Upsample(scale_factor=2, mode="nearest")

    def forward(self, source_parsing: Tensor, source_pose: Tensor, target_pose: Tensor) -> Tensor:
        require_map("source_parsing", source_parsing, LABELS, STRIDE)
        require_map("source_pose", source_pose, JOINT_COUNT, STRIDE)
        require_map("target_pose", target_pose, JOINT_COUNT, STRIDE)
        target = distance_fields(target_pose)
        told_BKE, style = self.source(source_parsing, distance_fields(source_pose), target)
        x2 = self.level2(target, style)
        x4 = self.level4(torch.cat([self.narrow4(x2), self._hints(told_BKE, target)], dim=1), style)
        x8 = self.level8(self.narrow8(x4), style)
        x16 = self.deepest(self.level16(self.narrow16(x8), style))
        y8 = self.merge8(x8 + self.upsample(self.widen8(x16)), style)
        y4 = self.merge4(x4 + self.upsample(self.widen4(y8)), style)
        y2 = self.merge2(x2 + self.upsample(self.widen2(y4)), style)
        scores: Tensor = self.scores(self.last(y2, style))
        return scores

    def _hints(self, told_BKE: Tensor, target_BJHW: Tensor) -> Tensor:
        """B x E x H/4 x W/4: what is told of the points near each place."""
        height, width = (int(size) // 4 for size in target_BJHW.shape[2:])
        near_BKN = self.points.writing(F.avg_pool2d(target_BJHW, 4))
        hints_BEN = told_BKE.transpose(1, 2) @ near_BKN / (near_BKN.sum(dim=1, keepdim=True) + _BESIDE)
        return hints_BEN.reshape(-1, _TOLD, height, width)


class SourceReader(nn.Module):
    """What the source tells of the person: at every point of the body, and in all."""

    def __init__(self, points: BodyPoints) -> None:
        super().__init__()
        self.points = points
        self.see = nn.Sequential(conv_block(LABELS + JOINT_COUNT, _SEEN, 2), conv_block(_SEEN, _SEEN))
        self.shape = nn.Sequential(conv_block(_SEEN, _SHAPE // 2, 2), conv_block(_SHAPE // 2, _SHAPE, 2))
        self.tell = nn.Sequential(nn.Conv2d(LABELS + _SEEN, _TOLD, 1), nn.ReLU())
        self.sum_up = nn.Sequential(
            nn.Conv2d(points.count * _TOLD + _SHAPE + 2 * JOINT_COUNT, _STYLE, 1),
            nn.ReLU(),
            nn.Conv2d(_STYLE, _STYLE, 1),
            nn.ReLU(),
        )

    def forward(self, parsing: Tensor, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """From labels and both poses' distance fields: B x K x E of the points, and a style B x S x 1 x 1."""
        seen = self.see(torch.cat([parsing, source], dim=1))
        places_BCN = flatten_positions(torch.cat([F.avg_pool2d(parsing, 2), seen], dim=1))
        read_BKC = self.points.reading(F.avg_pool2d(source, 2)) @ places_BCN.transpose(1, 2)
        told_BEK1 = self.tell(read_BKC.transpose(1, 2).unsqueeze(3))
        shape = self.shape(seen).mean(dim=(2, 3), keepdim=True)
        # Which joints are seen tells front from back.
        known = [fields.amax(dim=(2, 3), keepdim=True) for fields in (source, target)]
        flat = told_BEK1.reshape(-1, self.points.count * _TOLD, 1, 1)
        style: Tensor = self.sum_up(torch.cat([flat, shape, *known], dim=1))
        return told_BEK1.squeeze(3).transpose(1, 2), style


class StyledConv(nn.Module):
    """Convolution and batch norm, each channel scaled and shifted by the style, ReLU."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm = nn.BatchNorm2d(outputs)
        self.scale = nn.Conv2d(_STYLE, outputs, 1)
        self.shift = nn.Conv2d(_STYLE, outputs, 1)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """x: B x inputs x H x W; style: B x S x 1 x 1."""
        return (self.norm(self.conv(x)) * (1 + self.scale(style)) + self.shift(style)).relu()
