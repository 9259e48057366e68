"""Fusions that read every stage of the two streams, where the base fusion reads the last one.

Both begin as the base fusion: whatever they add is 0 until training changes it. Stages are consumed one by one, so none
is kept longer than it is needed.

Shapes: B batch, d channels of a stream, h height, w width, g growth. Stage 0 is what the encoders give.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import torch
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import Norm, ZeroConv, ZeroDoubleSize, make_norm, needs_bias

Stages = Iterable[tuple[Tensor, Tensor]]
"""Appearance (d channels) and shape after each stage; the last d channels of shape are the shape stream's own."""


class FusedStages(NamedTuple):
    """What the three heads of a XingGAN read."""

    appearance_Bdhw: Tensor
    """For the appearance head."""
    x1_Bdhw: Tensor
    x2_BChw: Tensor
    """2d channels, with x1 for the shape and attention heads."""
    shape_term_Bdhw: Tensor | None = None
    """To be added to the shape head's first layer."""
    attention_term: Tensor | None = None
    """To be added to the attention head's first layer, B x d x 2h x 2w."""


class DenseFusion(nn.Module):
    """A side path in which each stage sees all earlier ones; all three heads read its summary beside the last stage.

    A head's first layer widened to read the summary is that layer plus one of the summary's own, which is how it is
    written here: the base's layers keep their names and shapes.
    """

    def __init__(self, channels: int, stages: int, growth: int, norm: Norm) -> None:
        super().__init__()
        self.grow = nn.ModuleList(_pointwise(2 * channels + growth * stage, growth, norm) for stage in range(stages))
        self.collect = _pointwise(growth * stages, channels, norm)
        self.to_appearance = ZeroConv(2 * channels, channels, 1, bias=False)
        self.to_shape = ZeroConv(channels, channels, 1, bias=False)
        self.to_attention = ZeroDoubleSize(channels, channels, bias=False)

    def forward(self, stages: Stages) -> FusedStages:
        grown: list[Tensor] = []
        for layer, (x1, x2) in zip(self.grow, stages):
            grown.append(layer(torch.cat([*grown, x1, own_half(x1, x2)], dim=1)))
        summary_Bdhw = self.collect(torch.cat(grown, dim=1))
        return FusedStages(
            # The identity of x1 plus a learned part: a 1x1 convolution that starts as the identity.
            x1 + self.to_appearance(torch.cat([x1, summary_Bdhw], dim=1)),
            x1,
            x2,
            self.to_shape(summary_Bdhw),
            self.to_attention(summary_Bdhw),
        )


class PerStageFusion(nn.Module):
    """Each stream's last stage becomes a 1x1 convolution over all its stages; the base heads read the two."""

    def __init__(self, channels: int, stages: int) -> None:
        super().__init__()
        self.appearance = nn.ModuleList(ZeroConv(channels, channels, 1, bias=False) for _ in range(stages))
        self.shape = nn.ModuleList(ZeroConv(channels, channels, 1, bias=False) for _ in range(stages))

    def forward(self, stages: Stages) -> FusedStages:
        # Summed on the way: a convolution over all stages is the sum of one a stage.
        of_appearance, of_shape = 0.0, 0.0
        for mix_appearance, mix_shape, (x1, x2) in zip(self.appearance, self.shape, stages):
            shape = own_half(x1, x2)
            of_appearance = of_appearance + mix_appearance(x1)
            of_shape = of_shape + mix_shape(shape)
        appearance = x1 + of_appearance
        return FusedStages(appearance, appearance, torch.cat([appearance, shape + of_shape], dim=1))


def own_half(x1_Bdhw: Tensor, x2_BChw: Tensor) -> Tensor:
    """The shape stream's own channels: after a block the updated appearance stands before them."""
    return x2_BChw[:, -int(x1_Bdhw.shape[1]) :]


def _pointwise(in_channels: int, out_channels: int, norm: Norm) -> nn.Sequential:
    conv = nn.Conv2d(in_channels, out_channels, 1, bias=needs_bias(norm))
    return nn.Sequential(conv, make_norm(norm, out_channels), nn.ReLU())
