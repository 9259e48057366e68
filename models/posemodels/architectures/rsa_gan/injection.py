"""Pose correspondence guided style injection: the source's style, coarsely aligned with the target pose.

Shapes: B batch, C channels, D query/key channels, h = H/4, w = W/4, L positions of the maps that are matched.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.attention import attend
from posemodels.architectures.blocks.layers import flatten_positions, static_size
from posemodels.architectures.rsa_gan.config import RsaGanConfig
from posemodels.architectures.rsa_gan.modulation import ModulatedBlock


class PoseCorrespondence(nn.Module):
    """Which position of the source each position of the target pose matches, and what it brings along."""

    def __init__(self, config: RsaGanConfig) -> None:
        super().__init__()
        self._pooling = config.match_pooling
        self._temperature = config.match_temperature
        depth = config.match_width * config.width
        self.query = nn.Conv2d(config.channels, depth, 1)
        self.key = nn.Conv2d(config.channels, depth, 1)

    def forward(self, source_pose_BChw: Tensor, target_pose_BChw: Tensor, carried: Tensor) -> Tensor:
        """Brings `carried`, B x V x h x w of the source, over to the target; B x V at the coarse size.

        Cosine similarity of the poses at `temperature`, softmax over the source's positions.
        """
        query_BDL = _directions(self.query(F.avg_pool2d(target_pose_BChw, self._pooling)))
        key_BDL = _directions(self.key(F.avg_pool2d(source_pose_BChw, self._pooling)))
        coarse = F.avg_pool2d(carried, self._pooling)
        # At this temperature bfloat16 cannot tell good matches from the best.
        with torch.autocast(coarse.device.type, enabled=False):
            moved = attend(query_BDL / self._temperature, key_BDL, _single(flatten_positions(coarse)))
        return moved.reshape(-1, *static_size(coarse))


class StyleInjection(nn.Module):
    """Residual blocks on the target pose's features, modulated by the style of the source.

    everywhere: the style is one vector for the whole picture, B x C x 1 x 1, not a map aligned with the target.
    """

    def __init__(self, config: RsaGanConfig, everywhere: bool) -> None:
        super().__init__()
        channels, hidden = config.channels, config.modulation_width * config.width
        self.blocks = nn.ModuleList(
            ModulatedBlock(channels, channels, hidden, everywhere) for _ in range(config.injection_blocks)
        )

    def forward(self, target_pose_BChw: Tensor, style: Tensor) -> Tensor:
        x_BChw = target_pose_BChw
        for block in self.blocks:
            x_BChw = block(x_BChw, style)
        return x_BChw


def _directions(x_BDhw: Tensor) -> Tensor:
    """Channel mean removed, length one, B x D x L in float32."""
    x_BDL = _single(flatten_positions(x_BDhw))
    centred = x_BDL - x_BDL.mean(dim=1, keepdim=True)
    return centred / ((centred * centred).sum(dim=1, keepdim=True) + 1e-8).sqrt()


def _single(x: Tensor) -> Tensor:
    return x if x.dtype == torch.float32 else x.float()
