"""Residual blocks whose norms take scale and shift from another map."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import ZeroConv


class ModulatedNorm(nn.Module):
    """Instance norm whose scale and shift come from a condition: position by position, or one for the whole map."""

    def __init__(self, channels: int, condition_channels: int, hidden: int, everywhere: bool) -> None:
        """`everywhere`: the condition is B x C x 1 x 1 and modulates every position alike."""
        super().__init__()
        kernel = 1 if everywhere else 3
        self._channels = channels
        self.read = nn.Conv2d(condition_channels, hidden, kernel, padding=kernel // 2)
        self.modulate = ZeroConv(hidden, 2 * channels, kernel, padding=kernel // 2)

    def forward(self, x_BChw: Tensor, condition: Tensor) -> Tensor:
        scale_and_shift = self.modulate(self.read(condition).relu())
        scale, shift = scale_and_shift[:, : self._channels], scale_and_shift[:, self._channels :]
        return F.instance_norm(x_BChw) * (1 + scale) + shift


class ModulatedBlock(nn.Module):
    """x + two 3x3 convolutions, each followed by a modulated norm."""

    def __init__(self, channels: int, condition_channels: int, hidden: int, everywhere: bool = False) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.norm1 = ModulatedNorm(channels, condition_channels, hidden, everywhere)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.norm2 = ModulatedNorm(channels, condition_channels, hidden, everywhere)

    def forward(self, x_BChw: Tensor, condition: Tensor) -> Tensor:
        inner = self.norm1(self.conv1(x_BChw), condition).relu()
        return x_BChw + self.norm2(self.conv2(inner), condition)
