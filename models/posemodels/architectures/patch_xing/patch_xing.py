"""PatchXing, a generator of ours: XingGAN's crossing streams, and attention that carries pieces of the source image.

The published generators re-synthesise everything, and fine patterns blur to their mean. Here the blended images include
some that attention has put together from overlapping patches of the source image itself, unfiltered, and the decoder of
the appearance stream sees them too.

Shapes: B batch, H height, W width, h = H/4, w = W/4, L = h * w, N candidate images of the appearance stream, G warped
images (heads), K = N + G + 1 blended images, d = 4 * width, P patch values.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.attention import attend
from posemodels.architectures.blocks.layers import (
    DoubleSize,
    Norm,
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
from posemodels.architectures.xinggan.xinggan import XingBlock, blend

_CELL = 4
"""Pixels a position of the feature maps, along each axis."""

_PATCH = 2 * _CELL
_OVERLAP = _CELL // 2

_FADE = 1 - (2 * (torch.arange(_PATCH) + 0.5) / _PATCH - 1).abs()
"""Weight along one axis of a patch: up to its middle and down again; with its neighbour's, one everywhere."""


@dataclass(frozen=True, kw_only=True)
class PatchXingConfig:
    """Sizes of a PatchXing."""

    width: int = 64
    """Channels at full resolution; the crossing blocks work at 4 * width."""
    blocks: int = 5
    candidates: int = 4
    """Candidate images that the appearance stream decodes."""
    heads: int = 4
    """Images warped from the source, each by attention of its own."""
    head_channels: int = 32
    """Query and key channels of a head."""
    keypoints: int = 18
    norm: Norm = "batch"

    def __post_init__(self) -> None:
        require_counts(self, "width", "blocks", "candidates", "heads", "head_channels", "keypoints")
        require_crossing_width(self.width)
        require_norm(self.norm)


class PatchWarp(nn.Module):
    """Puts target images together from the source's patches: one image a head, B x 3G x H x W.

    Every position of the target (queries) weights all positions of the source (keys). What it takes from there is an
    8 x 8 patch; the patches overlap by half and are cross-faded, so that seams between neighbours do not show.
    """

    cut_P388: Tensor
    paste_P388: Tensor

    def __init__(self, target_channels: int, source_channels: int, heads: int, head_channels: int) -> None:
        super().__init__()
        self.scale = head_channels**-0.5
        self.query = nn.ModuleList(nn.Conv2d(target_channels, head_channels, 1) for _ in range(heads))
        self.key = nn.ModuleList(nn.Conv2d(source_channels, head_channels, 1) for _ in range(heads))
        # One channel a value of the patch: cutting and pasting are convolutions, which every runtime knows.
        cut_P388 = torch.eye(3 * _PATCH * _PATCH).reshape(-1, 3, _PATCH, _PATCH)
        self.register_buffer("cut_P388", cut_P388, persistent=False)
        self.register_buffer("paste_P388", cut_P388 * torch.outer(_FADE, _FADE), persistent=False)

    def forward(self, target_Bdhw: Tensor, source_Bdhw: Tensor, source_image: Tensor) -> Tensor:
        """target_Bdhw: what is known at each target position; source_Bdhw: features of the source where they stand."""
        patches_BPL = flatten_positions(self.cut(source_image))
        images = []
        for query, key in zip(self.query, self.key):
            query_BDL = flatten_positions(query(target_Bdhw)) * self.scale
            taken_BPL = attend(query_BDL, flatten_positions(key(source_Bdhw)), patches_BPL)
            _, height, width = static_size(target_Bdhw)
            images.append(self.paste(taken_BPL.reshape(-1, len(self.cut_P388), height, width)))
        return torch.cat(images, dim=1)

    def cut(self, image_B3HW: Tensor) -> Tensor:
        """B x P x h x w: the patch round each cell of 4 x 4, edges repeated."""
        return F.conv2d(F.pad(image_B3HW, (_OVERLAP,) * 4, mode="replicate"), self.cut_P388, stride=_CELL)

    def paste(self, patches_BPhw: Tensor) -> Tensor:
        """B x 3 x H x W; the up to four patches that cover a pixel have weights of sum one."""
        _, height, width = static_size(patches_BPhw)
        faded = F.conv_transpose2d(patches_BPhw, self.paste_P388, stride=_CELL, padding=_OVERLAP)
        return faded * torch.outer(_missing(height), _missing(width)).to(faded)


class PatchXing(nn.Module):
    """Generator: the person of the source image in the target pose, patterns carried over rather than drawn anew."""

    def __init__(self, config: PatchXingConfig) -> None:
        super().__init__()
        self.config = config
        norm, width = config.norm, config.width
        d, bias = 4 * width, needs_bias(config.norm)
        self.stream1_down = nn.Sequential(*down_path(3, width, norm))
        self.stream2_down = nn.Sequential(*down_path(2 * config.keypoints, width, norm))
        self.att = nn.ModuleList(XingBlock(d, d if index == 0 else 2 * d, norm, None) for index in range(config.blocks))
        self.warp = PatchWarp(3 * d, 2 * d, config.heads, config.head_channels)
        self.look = nn.Conv2d(3 * config.heads, d, _CELL, stride=_CELL)
        self.join = nn.Sequential(
            nn.Conv2d(4 * d, 2 * d, 1, bias=bias), make_norm(norm, 2 * d), nn.ReLU(),
            nn.Conv2d(2 * d, d, 3, padding=1, bias=bias), make_norm(norm, d), nn.ReLU(),
        )  # fmt: skip
        self.up = up_path(3 * config.candidates, width, norm)
        self.weigh = nn.Sequential(
            DoubleSize(d, d // 2, bias), make_norm(norm, d // 2), nn.ReLU(),
            DoubleSize(d // 2, d // 4, bias), make_norm(norm, d // 4), nn.ReLU(),
            nn.Conv2d(d // 4, config.candidates + config.heads + 1, 3, padding=1),
        )  # fmt: skip
        initialize_as_published(self)

    def forward(
        self, source_image: Tensor, source_pose: Tensor, target_pose: Tensor, trace: Trace | None = None
    ) -> Tensor:
        """Generates B x 3 x H x W in [-1, 1].

        source_image: B x 3 x H x W, RGB in [-1, 1]; source_pose, target_pose: B x keypoints x H x W in [0, 1], zero
        where a keypoint is missing. H and W are multiples of 4. `trace` receives the warped images and the weights.
        """
        require_map("source_image", source_image, 3)
        require_map("source_pose", source_pose, self.config.keypoints)
        require_map("target_pose", target_pose, self.config.keypoints)

        x1 = self.stream1_down(source_image)
        x2 = self.stream2_down(torch.cat([source_pose, target_pose], dim=1))
        source = torch.cat([x1, x2], dim=1)
        for block in self.att:
            x1, x2 = block(x1, x2)
        target = torch.cat([x1, x2], dim=1)
        warped = self.warp(target, source, source_image)
        features = self.join(torch.cat([target, self.look(warped)], dim=1))
        weights_BKHW = self.weigh(features).softmax(dim=1)
        if trace is not None:
            trace("warped", warped)
            trace("weights", weights_BKHW)
        return blend(self.up(features), warped, source_image, weights_BKHW)


def _missing(cells: int) -> Tensor:
    """What weights along one axis are multiplied with: at both ends half a cell is covered by a single patch only."""
    factors = torch.ones(cells * _CELL)
    factors[:_OVERLAP] = 1 / _FADE[_OVERLAP:_CELL]
    factors[-_OVERLAP:] = 1 / _FADE[_CELL:-_OVERLAP]
    return torch.from_numpy(factors.numpy())
