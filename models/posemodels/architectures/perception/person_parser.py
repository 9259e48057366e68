"""Parser for photographs, ours: a U-Net that goes on from what the landmark network has already seen."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from posemodels.architectures.perception.unet_trunk import GlobalContext, conv_block

LABELS = 9
JOINTS = 18
STRIDES = (4, 8, 16)
"""Strides of the levels that can take in features."""


class Residual(nn.Module):
    """Two convolutions beside the identity."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = conv_block(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(self.first(x)))


class PersonParser(nn.Module):
    """Scores (logits) of nine labels for the person square.

    Levels are named by their stride. Photo and mask come in at the full size, joints at stride 4, the landmark
    network's activations each at its own stride.
    """

    def __init__(
        self, features: Mapping[int, int], widths: tuple[int, int, int, int] = (32, 64, 96, 144), dropout: float = 0.1
    ) -> None:
        """
        :param features: channels of the landmark network's activations by their stride, see `STRIDES`.
        :param widths: channels at strides 2, 4, 8 and 16.
        :param dropout: share of the features' channels that training hides.
        """
        super().__init__()
        if not set(features) <= set(STRIDES):
            raise ValueError(f"features come at strides {STRIDES}, got {sorted(features)}")
        a, b, c, d = widths
        self.strides = tuple(sorted(features))
        self.hide = nn.Dropout2d(dropout)
        self.level2 = nn.Sequential(conv_block(4, a, 2, kernel=5), conv_block(a, a))
        self.down4, self.down8, self.down16 = conv_block(a, b, 2), conv_block(b, c, 2), conv_block(c, d, 2)
        self.join4 = conv_block(b + JOINTS + features.get(4, 0), b, kernel=1)
        self.join8 = conv_block(c + features.get(8, 0), c, kernel=1)
        self.join16 = conv_block(d + features.get(16, 0), d, kernel=1)
        self.level4, self.level8 = Residual(b), Residual(c)
        self.level16 = nn.Sequential(Residual(d), GlobalContext(d), Residual(d), GlobalContext(d), Residual(d))
        self.narrow8, self.merge8 = conv_block(d, c, kernel=1), Residual(c)
        self.narrow4, self.merge4 = conv_block(c, b, kernel=1), Residual(b)
        self.narrow2, self.merge2 = conv_block(b, a, kernel=1), Residual(a)
        # Stride 2 features, four sets of scores each: sharp edges without convolutions at the full size.
        self.head = nn.Sequential(nn.Conv2d(a, LABELS * 4, 1), nn.PixelShuffle(2))

    def forward(self, image: Tensor, person_mask: Tensor, pose: Tensor, *features: Tensor) -> Tensor:
        """Scores [B, 9, S, S].

        :param image: [B, 3, S, S] in [-1, 1]; S is a multiple of 16.
        :param person_mask: [B, 1, S, S], the probability of the person.
        :param pose: [B, 18, S, S], one Gaussian map a joint.
        :param features: activations by ascending stride, [B, C, S / stride, S / stride].
        """
        seen = {stride: [self.hide(value)] for stride, value in zip(self.strides, features, strict=True)}
        joints = functional.avg_pool2d(pose, 4)
        x2 = self.level2(torch.cat([image, person_mask], 1))
        x4 = self.level4(self.join4(torch.cat([self.down4(x2), joints, *seen.get(4, [])], 1)))
        x8 = self.level8(self.join8(torch.cat([self.down8(x4), *seen.get(8, [])], 1)))
        x16 = self.level16(self.join16(torch.cat([self.down16(x8), *seen.get(16, [])], 1)))
        y8 = self.merge8(x8 + _larger(self.narrow8(x16)))
        y4 = self.merge4(x4 + _larger(self.narrow4(y8)))
        scores: Tensor = self.head(self.merge2(x2 + _larger(self.narrow2(y4))))
        return scores


def _larger(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")
