"""Gated depth-wise convolutional cross-attention: spreads region styles and matched semantics over the target.

Shapes: B batch, C channels, K keys (region tokens, or pyramid cells), N heads, D = C / N, h = H/4, w = W/4, P = h * w.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import flatten_positions, static_size
from posemodels.architectures.rsa_gan.config import RsaGanConfig
from posemodels.architectures.rsa_gan.map_norms import MapNorm


def pointwise_then_depthwise(in_channels: int, out_channels: int) -> nn.Sequential:
    """1x1 convolution, then a 3x3 one of every channel by itself."""
    return nn.Sequential(
        nn.Conv2d(in_channels, out_channels, 1),
        nn.Conv2d(out_channels, out_channels, 3, padding=1, groups=out_channels),
    )


class StyleAttention(nn.Module):
    """x + gamma * (gated style): each position asks the keys, and takes warped semantics along."""

    def __init__(self, config: RsaGanConfig, pose_biases: int) -> None:
        """`pose_biases`: number of keys that the target pose alone can favour, 0 for keys that are no regions."""
        super().__init__()
        channels = config.channels
        self._heads = config.attention_heads
        self.norm = MapNorm(channels, axes=(1,))
        self.key_norm = MapNorm(channels, axes=(1,))
        self.query = pointwise_then_depthwise(channels, channels)
        self.key = nn.Conv2d(channels, channels, 1)
        self.value = nn.Conv2d(channels, channels, 1)
        self.pose_bias = nn.Conv2d(channels, pose_biases, 1) if pose_biases else None
        self.fine = pointwise_then_depthwise(channels, channels) if config.injection else None
        self.gate = pointwise_then_depthwise(2 * channels, channels) if config.gate else None
        self.project = nn.Conv2d(channels, channels, 1)
        self.gamma = nn.Parameter(torch.zeros(1))

    def forward(
        self, x_BChw: Tensor, keys_BCK1: Tensor, target_pose_BChw: Tensor, warped_BChw: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """Returns the updated map, and the scores before the softmax averaged over heads, B x K x h x w."""
        channels, height, width = static_size(x_BChw)
        depth = channels // self._heads
        keys = self.key_norm(keys_BCK1)
        count = static_size(keys)[1]
        query_BNDP = flatten_positions(self.query(self.norm(x_BChw))).reshape(-1, self._heads, depth, height * width)
        key_BNDK, value_BNDK = (
            flatten_positions(part(keys)).reshape(-1, self._heads, depth, count) for part in (self.key, self.value)
        )
        scores_BNKP = torch.matmul(key_BNDK.transpose(2, 3), query_BNDP) * depth**-0.5
        if self.pose_bias is not None:
            scores_BNKP = scores_BNKP + flatten_positions(self.pose_bias(target_pose_BChw)).unsqueeze(1)
        style = torch.matmul(value_BNDK, scores_BNKP.softmax(dim=2)).reshape(-1, channels, height, width)
        if self.fine is not None:
            style = style + self.fine(warped_BChw)
        gated = style if self.gate is None else style * self.gate(torch.cat([x_BChw, style], dim=1)).sigmoid()
        scores_BKhw = scores_BNKP.mean(dim=1).reshape(-1, count, height, width)
        return x_BChw + self.gamma * self.project(gated), scores_BKhw


class GatedFeedForward(nn.Module):
    """x + gamma * projection(GELU(first branch) * second branch)."""

    def __init__(self, channels: int, hidden: int) -> None:
        super().__init__()
        self.norm = MapNorm(channels, axes=(1,))
        self.first = pointwise_then_depthwise(channels, hidden)
        self.second = pointwise_then_depthwise(channels, hidden)
        self.project = nn.Conv2d(hidden, channels, 1)
        self.gamma = nn.Parameter(torch.zeros(1))

    def forward(self, x_BChw: Tensor) -> Tensor:
        normed = self.norm(x_BChw)
        return x_BChw + self.gamma * self.project(F.gelu(self.first(normed)) * self.second(normed))


class StyleIntegration(nn.Module):
    """One block: cross-attention, then the feed-forward part."""

    def __init__(self, config: RsaGanConfig, pose_biases: int) -> None:
        super().__init__()
        self.attention = StyleAttention(config, pose_biases)
        self.feed_forward = GatedFeedForward(config.channels, config.feed_forward_width * config.width)

    def forward(
        self, x_BChw: Tensor, keys_BCK1: Tensor, target_pose_BChw: Tensor, warped_BChw: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        x_BChw, scores_BKhw = self.attention(x_BChw, keys_BCK1, target_pose_BChw, warped_BChw)
        return self.feed_forward(x_BChw), scores_BKhw
