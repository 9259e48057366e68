"""Layer norms of feature maps."""

from __future__ import annotations

import torch
from torch import Tensor, nn

_EPSILON = 1e-5


class MapNorm(nn.Module):
    """Zero mean and unit variance over the axes, then a scale and a shift a channel; B x C x H x W.

    axes: (1,) for every position by itself, (1, 2, 3) for a map as a whole. Written out, because group norm exports
    with arithmetic on shapes; in float32, because sums of squares outgrow bfloat16.
    """

    def __init__(self, channels: int, axes: tuple[int, ...]) -> None:
        super().__init__()
        self.axes = axes
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x_BCHW: Tensor) -> Tensor:
        x = x_BCHW if x_BCHW.dtype == torch.float32 else x_BCHW.float()
        centred = x - x.mean(dim=self.axes, keepdim=True)
        variance = (centred * centred).mean(dim=self.axes, keepdim=True)
        return centred / (variance + _EPSILON).sqrt() * self.weight.reshape(1, -1, 1, 1) + self.bias.reshape(
            1, -1, 1, 1
        )
