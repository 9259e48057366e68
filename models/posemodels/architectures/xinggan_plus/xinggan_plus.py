"""A XingGAN++-style generator (Tang et al., "Enhanced Multi-Scale Cross-Attention for Person Image Generation", 2025).

Its code is not public and its text leaves much open, so this is a reading of it, not a reproduction: the base XingGAN
with cross-attention over pooled regions of several scales in both directions (EMSA for appearance, EMAS for shape),
scores that consult each other before the softmax (enhanced attention), and a fusion that reads every stage. Whatever
the authors do not say is a value of `XingGanPlusConfig`.

Shapes: B batch, d channels of a stream, h height, w width, P = h * w, D query/key channels, S keys.
"""

from __future__ import annotations

from functools import partial
from typing import Protocol

import torch
from torch import Tensor, nn

from posemodels.architectures.blocks.attention import attend, over_keys
from posemodels.architectures.blocks.layers import flatten_positions, initialize_as_published, layer_norm, static_size
from posemodels.architectures.blocks.token_pyramid import TokenPyramid
from posemodels.architectures.blocks.trace import Trace
from posemodels.architectures.xinggan.xinggan import XingBlock, XingGan, shape_channels
from posemodels.architectures.xinggan_plus.config import XingGanPlusConfig
from posemodels.architectures.xinggan_plus.enhanced_attention import DenseEnhancement, PooledEnhancement
from posemodels.architectures.xinggan_plus.stage_fusion import DenseFusion, PerStageFusion


class Projections(Protocol):
    """The learned part of cross-attention that the base shares between its two directions."""

    query_conv: nn.Conv2d
    key_conv: nn.Conv2d
    value_conv: nn.Conv2d
    gamma: nn.Parameter


class OwnProjections(nn.Module):
    """The base's projections and gain, for one direction alone."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.query_conv = nn.Conv2d(channels, channels // 8, 1)
        self.key_conv = nn.Conv2d(channels, channels // 8, 1)
        self.value_conv = nn.Conv2d(channels, channels, 1)
        self.gamma = nn.Parameter(torch.zeros(1))


class MultiScaleAttention(nn.Module):
    """One direction, EMSA or EMAS: each position of a stream chooses among regions of all scales.

    The stream asks and gives the values, its guide gives the keys. Both have the same regions, so key j and value j
    belong to the same part of the image.
    """

    def __init__(self, config: XingGanPlusConfig) -> None:
        super().__init__()
        channels = 4 * config.width
        self.scale = (channels // 8) ** -0.5 if config.attn_scale else None
        self.separate_levels = config.ms_merge == "sum"
        self.key_norm = nn.LayerNorm(channels) if config.key_norm else None
        self.enhancement = _enhancement(config)

    def forward(
        self,
        projections: Projections,
        stream_Bdhw: Tensor,
        stream_tokens_BdS: Tensor,
        guide_tokens_BdS: Tensor,
        levels: tuple[int, ...],
    ) -> Tensor:
        """The updated stream, B x d x h x w. `levels`: how many of the S tokens each scale has."""
        size = static_size(stream_Bdhw)
        query_BDP = flatten_positions(projections.query_conv(stream_Bdhw))
        if self.scale is not None:
            query_BDP = query_BDP * self.scale
        attended_BdP = attend(
            query_BDP,
            _project(projections.key_conv, self.normalized(guide_tokens_BdS)),
            _project(projections.value_conv, stream_tokens_BdS),
            weigh=partial(self.weights, levels=levels),
            enhance=self.enhancement and partial(self.enhancement, height=size[1], width=size[2]),
        )
        return stream_Bdhw + projections.gamma * attended_BdP.reshape(-1, *size)

    def normalized(self, tokens_BdS: Tensor) -> Tensor:
        """Coarse regions vary less than fine ones and would be overlooked whatever they show."""
        if self.key_norm is None:
            return tokens_BdS
        return layer_norm(tokens_BdS.transpose(1, 2), self.key_norm).transpose(1, 2)

    def weights(self, scores_BPS: Tensor, levels: tuple[int, ...]) -> Tensor:
        """Sum to one over S."""
        if not self.separate_levels or len(levels) == 1:
            return over_keys(scores_BPS)
        ends = [sum(levels[: index + 1]) for index in range(len(levels))]
        parts = [over_keys(scores_BPS[..., end - count : end]) for end, count in zip(ends, levels)]
        return torch.cat(parts, dim=-1) * (1 / len(levels))


class MultiScaleBlock(XingBlock):
    """A Xing block whose two attentions are EMSA and EMAS.

    The inherited projections serve both with `share_qkv`, else EMSA alone.
    """

    def __init__(self, config: XingGanPlusConfig, index: int) -> None:
        channels = 4 * config.width
        super().__init__(channels, shape_channels(config, index), config.norm, config.dropout)
        self.appearance_pyramid = _pyramid(config)
        self.shape_pyramid = _pyramid(config)
        self.emsa = MultiScaleAttention(config)
        self.emas = MultiScaleAttention(config)
        self.shape_projections = None if config.share_qkv else OwnProjections(channels)

    def _cross(self, appearance_Bdhw: Tensor, shape_Bdhw: Tensor) -> tuple[Tensor, Tensor]:
        _, height, width = static_size(appearance_Bdhw)
        levels = self.appearance_pyramid.level_sizes(height * width)
        appearance_BdS = self.appearance_pyramid(appearance_Bdhw)
        shape_BdS = self.shape_pyramid(shape_Bdhw)
        updated_appearance = self.emsa(self, appearance_Bdhw, appearance_BdS, shape_BdS, levels)
        updated_shape = self.emas(self.shape_projections or self, shape_Bdhw, shape_BdS, appearance_BdS, levels)
        return updated_appearance, updated_shape


class XingGanPlus(XingGan):
    """Generator: the person of the source image in the target pose.

    Its state dict has the base's keys and those of the added parts, so a XingGAN's weights fit where names are shared.
    """

    def __init__(self, config: XingGanPlusConfig) -> None:
        super().__init__(config, [MultiScaleBlock(config, index) for index in range(config.blocks)])
        self.fusion = _fusion(config)
        if self.fusion is not None:
            initialize_as_published(self.fusion)

    def forward(
        self, source_image: Tensor, source_pose: Tensor, target_pose: Tensor, trace: Trace | None = None
    ) -> Tensor:
        """As the base's: B x 3 x H x W in [-1, 1]. Refuses sizes that size-bound weights were not built for."""
        if self.fusion is None:
            return super().forward(source_image, source_pose, target_pose, trace)
        fused = self.fusion(self._stages(source_image, source_pose, target_pose, trace))
        shape = self.x2_con(fused.x2_BChw)
        if fused.shape_term_Bdhw is not None:
            shape = shape + fused.shape_term_Bdhw
        attention = self.atte_con(torch.cat([fused.x1_Bdhw, fused.x2_BChw], dim=1))
        if fused.attention_term is not None:
            attention = attention + fused.attention_term
        return self._paint(fused.appearance_Bdhw, shape, attention, source_image, trace)


def _project(conv: nn.Conv2d, tokens_BdS: Tensor) -> Tensor:
    return flatten_positions(conv(tokens_BdS.unsqueeze(-1)))


def _pyramid(config: XingGanPlusConfig) -> TokenPyramid:
    return TokenPyramid(4 * config.width, config.pyramid_bins, config.pooling, config.local_mixing, config.include_full)


def _enhancement(config: XingGanPlusConfig) -> DenseEnhancement | PooledEnhancement | None:
    if config.enhancement == "dense":
        assert config.positions is not None and config.keys is not None  # the configuration requires a size
        return DenseEnhancement(config.positions, config.keys, config.ea_width, config.ea_position, config.ea_axis)
    if config.enhancement == "pooled":
        return PooledEnhancement(config.keys if config.ea_position else None, config.ea_width, config.ea_grid)
    return None


def _fusion(config: XingGanPlusConfig) -> DenseFusion | PerStageFusion | None:
    channels, stages = 4 * config.width, config.blocks + 1
    if config.fusion == "dense":
        return DenseFusion(channels, stages, config.growth, config.norm)
    if config.fusion == "per_stage":
        return PerStageFusion(channels, stages)
    return None
