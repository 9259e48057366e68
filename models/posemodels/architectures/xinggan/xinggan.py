"""XingGAN (Tang et al., "XingGAN for Person Image Generation", ECCV 2020), layer for layer as the authors released it.

Where paper and released code disagree the code is followed, because checkpoints do. Submodules carry the names of the
published state dict. Widths that are literals in the release follow from `width` here; at width 64 they are the same.

Shapes: B batch, C channels, H height, W width, h = H/4, w = W/4, L = h * w, D query/key channels, N candidate images
per stream, K = 2N + 1 blended images, d = 4 * width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from posemodels.architectures.blocks.attention import attend
from posemodels.architectures.blocks.layers import (
    DoubleSize,
    Norm,
    PointwiseTransposed,
    conv_stack,
    down_path,
    flatten_positions,
    initialize_as_published,
    make_norm,
    needs_bias,
    require_map,
    static_size,
    up_path,
)
from posemodels.architectures.blocks.settings import require_counts, require_crossing_width, require_norm
from posemodels.architectures.blocks.trace import Trace
from posemodels.errors import ConfigError


@dataclass(frozen=True, kw_only=True)
class XingGanConfig:
    """Sizes of a XingGAN. The defaults are the published ones (Market-1501; DeepFashion differs in `norm` only)."""

    width: int = 64
    """Channels at full resolution; the Xing blocks work at 4 * width."""
    blocks: int = 9
    candidates: int = 10
    """Candidate images per stream."""
    keypoints: int = 18
    norm: Norm = "batch"
    dropout: float | None = 0.5
    """Probability in training; None leaves the layers out, which changes the names in the state dict."""

    def __post_init__(self) -> None:
        require_counts(self, "width", "blocks", "candidates", "keypoints")
        require_crossing_width(self.width)
        require_norm(self.norm)
        if self.dropout is not None and not 0 <= self.dropout < 1:
            raise ConfigError(f"dropout must be in [0, 1) or absent, got {self.dropout}")


class XingBlock(nn.Module):
    """One crossing of the streams: appearance guided by shape, and shape guided by appearance (sections 3.2, 3.3).

    Both directions share the projections and `gamma`, and both see the other stream before its update.
    """

    def __init__(self, channels: int, shape_channels: int, norm: Norm, dropout: float | None) -> None:
        super().__init__()
        self.conv_block_stream1 = conv_stack(channels, channels, norm, dropout)
        self.conv_block_stream2 = conv_stack(shape_channels, channels, norm, dropout, final_norm=False)
        self.query_conv = nn.Conv2d(channels, channels // 8, 1)
        self.key_conv = nn.Conv2d(channels, channels // 8, 1)
        self.value_conv = nn.Conv2d(channels, channels, 1)
        self.gamma = nn.Parameter(torch.zeros(1))

    def forward(self, x1_Bdhw: Tensor, x2_BChw: Tensor) -> tuple[Tensor, Tensor]:
        """Returns appearance (d channels) and shape (2d channels: updated appearance first, updated shape second)."""
        appearance = self.conv_block_stream1(x1_Bdhw)
        shape = self.conv_block_stream2(x2_BChw)
        updated_appearance, updated_shape = self._cross(appearance, shape)
        return updated_appearance, torch.cat([updated_appearance, updated_shape], dim=1)

    def _cross(self, appearance_Bdhw: Tensor, shape_Bdhw: Tensor) -> tuple[Tensor, Tensor]:
        updated_appearance = self._update(appearance_Bdhw, guide=shape_Bdhw)
        return updated_appearance, self._update(shape_Bdhw, guide=appearance_Bdhw)

    def _update(self, stream_Bdhw: Tensor, guide: Tensor) -> Tensor:
        query_BDL = flatten_positions(self.query_conv(stream_Bdhw))
        key_BDL = flatten_positions(self.key_conv(guide))
        value_BdL = flatten_positions(self.value_conv(stream_Bdhw))
        attended_BdL = attend(query_BDL, key_BDL, value_BdL)
        return stream_Bdhw + self.gamma * attended_BdL.reshape(-1, *static_size(stream_Bdhw))


class XingGan(nn.Module):
    """Generator: the person of the source image in the target pose."""

    def __init__(self, config: XingGanConfig, blocks: Sequence[XingBlock] | None = None) -> None:
        """`blocks`: crossings of another kind, as many as the configuration says."""
        super().__init__()
        self.config = config
        norm, width = config.norm, config.width
        d, bias = 4 * width, needs_bias(config.norm)
        self.stream1_down = nn.Sequential(*down_path(3, width, norm))
        self.stream2_down = nn.Sequential(*down_path(2 * config.keypoints, width, norm))
        self.att = nn.ModuleList(
            blocks
            or [XingBlock(d, shape_channels(config, index), norm, config.dropout) for index in range(config.blocks)]
        )
        self.stream1_up = up_path(3 * config.candidates, width, norm)
        self.stream2_up = up_path(3 * config.candidates, width, norm)
        # The 1x1 layers are transposed convolutions in the release: their weights are laid out (in, out, 1, 1).
        self.x2_con = PointwiseTransposed(2 * d, d, bias)
        self.x2_norm = make_norm(norm, d)
        self.atte_con = DoubleSize(3 * d, d, bias)
        self.atte_norm = make_norm(norm, d)
        self.atte_con1 = DoubleSize(d, d // 2, bias)
        self.atte_norm1 = make_norm(norm, d // 2)
        self.atte_con2 = PointwiseTransposed(d // 2, 2 * config.candidates + 1, bias)
        initialize_as_published(self)

    def forward(
        self, source_image: Tensor, source_pose: Tensor, target_pose: Tensor, trace: Trace | None = None
    ) -> Tensor:
        """Generates B x 3 x H x W in [-1, 1].

        source_image: B x 3 x H x W, RGB in [-1, 1]; source_pose, target_pose: B x keypoints x H x W in [0, 1], zero
        where a keypoint is missing. H and W are multiples of 4. `trace` receives every intermediate of a parity case.
        """
        for x1, x2 in self._stages(source_image, source_pose, target_pose, trace):
            pass  # The heads read the last stage only, so no other is kept.
        return self._paint(x1, self.x2_con(x2), self.atte_con(torch.cat([x1, x2], dim=1)), source_image, trace)

    def _stages(
        self, source_image: Tensor, source_pose: Tensor, target_pose: Tensor, trace: Trace | None
    ) -> Iterator[tuple[Tensor, Tensor]]:
        """Appearance and shape as the encoders give them, then after every block."""
        require_map("source_image", source_image, 3)
        require_map("source_pose", source_pose, self.config.keypoints)
        require_map("target_pose", target_pose, self.config.keypoints)

        x1 = self.stream1_down(source_image)
        x2 = self.stream2_down(torch.cat([source_pose, target_pose], dim=1))
        if trace is not None:
            trace("down/x1", x1)
            trace("down/x2", x2)
        yield x1, x2
        for index, block in enumerate(self.att):
            x1, x2 = block(x1, x2)
            if trace is not None:
                trace(f"block{index}/x1", x1)
                trace(f"block{index}/x2", x2)
            yield x1, x2

    def _paint(
        self, appearance: Tensor, shape: Tensor, attention: Tensor, source_image: Tensor, trace: Trace | None
    ) -> Tensor:
        """The three heads and their blend, from the appearance and from what x2_con and atte_con give."""
        weights_BKHW = self._attention_maps(attention)
        candidates1 = self.stream1_up(appearance)
        candidates2 = self.stream2_up(self.x2_norm(shape).relu())
        if trace is not None:
            trace("attention_maps", weights_BKHW)
            trace("images_stream1", candidates1)
            trace("images_stream2", candidates2)
        return blend(candidates1, candidates2, source_image, weights_BKHW)

    def _attention_maps(self, features: Tensor) -> Tensor:
        """Per-pixel weights of the 2N + 1 images, summing to one over K."""
        features = self.atte_norm(features).relu()
        features = self.atte_norm1(self.atte_con1(features)).relu()
        return self.atte_con2(features).softmax(dim=1)


def shape_channels(config: XingGanConfig, index: int) -> int:
    """What the shape stream has before a block: from the second on it carries the updated appearance too."""
    return 4 * config.width if index == 0 else 8 * config.width


def blend(candidates1: Tensor, candidates2: Tensor, source_image: Tensor, weights_BKHW: Tensor) -> Tensor:
    """Co-attention fusion (section 3.4): stream 1's images, stream 2's, then the source image, weighted per pixel.

    Candidates are B x 3N x H x W, consecutive triples being one RGB image.
    """
    images = torch.cat([candidates1, candidates2, source_image], dim=1)
    channels, height, width = static_size(images)
    images_BK3HW = images.reshape(-1, channels // 3, 3, height, width)
    return (images_BK3HW * weights_BKHW.unsqueeze(2)).sum(dim=1)
