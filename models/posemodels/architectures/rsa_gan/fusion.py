"""Regional pose-guided semantic fusion: regions of the source that agree with its keypoints, and what each looks like.

Shapes: B batch, K regions, C channels, h = H/4, w = W/4, P = h * w. Tokens are B x C x K x 1 maps, so that 1x1
convolutions project them.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from posemodels.architectures.blocks.attention import attend
from posemodels.architectures.blocks.layers import ZeroConv, flatten_positions, make_norm, needs_bias, static_size
from posemodels.architectures.rsa_gan.config import RsaGanConfig
from posemodels.architectures.rsa_gan.regions import RegionPoses


def shrink_parsing(parsing_BKHW: Tensor) -> Tensor:
    """Nearest neighbour at a quarter of the size, the pixel at each cell's centre, summing to one over K."""
    cells = parsing_BKHW[:, :, 2::4, 2::4]
    return cells / (cells.sum(dim=1, keepdim=True) + 1e-6)


class RegionRefinement(nn.Module):
    """Moves the borders of the parsing map to where the source pose says that its regions are."""

    def __init__(self, config: RsaGanConfig) -> None:
        super().__init__()
        table = config.region_table()
        regions = len(table.joints_of)
        self._floor = config.parsing_floor
        self.poses = RegionPoses(table, config.keypoints, config.bone_sigma)
        each = config.region_channels * regions
        hint = config.pose_hint_width * config.width
        self.compare = nn.Conv2d(3 * regions, each, 3, padding=1, groups=regions)
        self.pose_hint = nn.Conv2d(config.channels, hint, 1)
        self.shift = ZeroConv(each + hint, regions, 3, padding=1)

    def forward(self, parsing_BKhw: Tensor, source_pose: Tensor, pose_BChw: Tensor) -> Tensor:
        """Soft regions, B x K x h x w, summing to one over K; the parsing map itself while `shift` is at zero."""
        regions, height, width = static_size(parsing_BKhw)
        where_BKhw = self.poses(source_pose)
        # Region by region, as the grouped convolution takes them.
        views = torch.stack([parsing_BKhw, where_BKhw, parsing_BKhw * where_BKhw], dim=2)
        compared = self.compare(views.reshape(-1, 3 * regions, height, width)).relu()
        shift = self.shift(torch.cat([compared, self.pose_hint(pose_BChw)], dim=1))
        return ((parsing_BKhw + self._floor).log() + shift).softmax(dim=1)


class SemanticFusion(nn.Module):
    """R: appearance, regions and source pose in one map."""

    def __init__(self, config: RsaGanConfig, regions: int) -> None:
        super().__init__()
        channels, embedding = config.channels, config.embedding_width * config.width
        self.embedding = nn.Conv2d(regions, embedding, 1, bias=False)
        self.fuse = nn.Conv2d(2 * channels + embedding, channels, 1, bias=needs_bias(config.norm))
        self.norm = make_norm(config.norm, channels)

    def forward(self, appearance_BChw: Tensor, regions_BKhw: Tensor, pose_BChw: Tensor) -> Tensor:
        fused = self.fuse(torch.cat([appearance_BChw, self.embedding(regions_BKhw), pose_BChw], dim=1))
        return self.norm(fused).relu()


def region_tokens(regions_BKhw: Tensor, semantics_BChw: Tensor, empty_mass: float) -> Tensor:
    """Each region's mean of the semantic features, B x C x K x 1; the whole map's mean where the region is empty."""
    regions_BKP, semantics_BCP = flatten_positions(regions_BKhw), flatten_positions(semantics_BChw)
    mass_B1K = regions_BKP.sum(dim=2).unsqueeze(1)
    means_BCK = torch.matmul(semantics_BCP, regions_BKP.transpose(1, 2)) / (mass_B1K + 1e-6)
    empty_B1K = (mass_B1K < empty_mass).to(means_BCK.dtype)
    overall_BC1 = semantics_BCP.mean(dim=2, keepdim=True)
    return (means_BCK + empty_B1K * (overall_BC1 - means_BCK)).unsqueeze(3)


class TokenAttention(nn.Module):
    """One head of self-attention over the tokens, behind a gain that starts at 0."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.query = nn.Conv2d(channels, channels, 1)
        self.key = nn.Conv2d(channels, channels, 1)
        self.value = nn.Conv2d(channels, channels, 1)
        self.gamma = nn.Parameter(torch.zeros(1))

    def forward(self, tokens_BCK1: Tensor) -> Tensor:
        channels, count, _ = static_size(tokens_BCK1)
        query, key, value = (flatten_positions(part(tokens_BCK1)) for part in (self.query, self.key, self.value))
        attended = attend(query * channels**-0.5, key, value)
        return tokens_BCK1 + self.gamma * attended.reshape(-1, channels, count, 1)
