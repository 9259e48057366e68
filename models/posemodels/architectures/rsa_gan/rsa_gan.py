"""RSA-GAN (Liu, Weng, Zhu, "Precise region semantics-assisted GAN for pose-guided person image generation", 2023).

The paper's abstract fixes three modules, their order, inputs and outputs; every detail of layers is ours, after the
published relatives that it is measured against. It is to be reported as "RSA-GAN-style".

Shapes: B batch, H height, W width, h = H/4, w = W/4, C = 4 * width channels, K regions.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import ResidualBlock, down_path, initialize_as_published, require_map
from posemodels.architectures.blocks.token_pyramid import TokenPyramid
from posemodels.architectures.blocks.trace import Trace
from posemodels.architectures.rsa_gan.config import RsaGanConfig
from posemodels.architectures.rsa_gan.decoder import Decoder
from posemodels.architectures.rsa_gan.fusion import (
    RegionRefinement,
    SemanticFusion,
    TokenAttention,
    region_tokens,
    shrink_parsing,
)
from posemodels.architectures.rsa_gan.injection import PoseCorrespondence, StyleInjection
from posemodels.architectures.rsa_gan.style_attention import StyleIntegration
from posemodels.data.inputs import POSE_TRANSFER_INPUTS, GeneratorInputs, InputRole


def rsa_gan_inputs(config: RsaGanConfig) -> GeneratorInputs:
    """Pose transfer's inputs and, unless parsing is switched off, the source's parsing map."""
    if not config.parsing:
        return POSE_TRANSFER_INPUTS
    roles = (*POSE_TRANSFER_INPUTS.roles, InputRole.SOURCE_PARSING)
    return GeneratorInputs(roles, config.region_table().labels)


class RsaGan(nn.Module):
    """Generator: the person of the source image in the target pose, region by region."""

    def __init__(self, config: RsaGanConfig) -> None:
        super().__init__()
        self.config = config
        self._regions = len(config.region_table().joints_of) if config.parsing else 1
        self.pose_encoder = _encoder(config.keypoints, config)
        self.appearance_encoder = _encoder(3, config)
        self.refinement = RegionRefinement(config) if config.refinement else None
        self.fusion = SemanticFusion(config, self._regions)
        pixel_keys = config.cross_attention and config.attention_keys == "pixels"
        self.pyramid = (
            TokenPyramid(config.channels, config.pyramid_bins, "average", True, False) if pixel_keys else None
        )
        needs_tokens = not config.injection or (config.cross_attention and not pixel_keys)
        self.token_attention = TokenAttention(config.channels) if needs_tokens else None
        self.correspondence = PoseCorrespondence(config) if config.injection else None
        self.injection = StyleInjection(config, everywhere=not config.injection)
        blocks = config.attention_blocks if config.cross_attention else 0
        self.integration = nn.ModuleList(
            StyleIntegration(config, 0 if pixel_keys else self._regions) for _ in range(blocks)
        )
        self.decoder = Decoder(config)
        initialize_as_published(self)

    def forward(
        self,
        source_image: Tensor,
        source_pose: Tensor,
        target_pose: Tensor,
        source_parsing: Tensor | None = None,
        trace: Trace | None = None,
    ) -> Tensor:
        """Generates B x 3 x H x W in [-1, 1].

        source_image: B x 3 x H x W, RGB in [-1, 1]; source_pose, target_pose: B x keypoints x H x W in [0, 1], zero
        where a keypoint is missing; source_parsing: B x K x H x W, one channel a region, not there where parsing is
        switched off. H and W are multiples of `config.size_multiple`. `trace` receives what the losses of
        `rsa_losses` read.
        """
        self._check(source_image, source_pose, target_pose, source_parsing)
        source = self.pose_encoder(source_pose)
        target = self.pose_encoder(target_pose)
        regions_BKhw = self._regions_of(source, source_pose, source_parsing)
        semantics = self.fusion(self.appearance_encoder(source_image), regions_BKhw, source)
        if trace is not None and self.refinement is not None:
            trace("regions", regions_BKhw)

        warped, colors = self._warped(source, target, semantics, source_image, trace)
        if self.token_attention is not None:
            keys_BCK1 = self.token_attention(region_tokens(regions_BKhw, semantics, self.config.empty_mass))
        if warped is None:
            x = self.injection(target, keys_BCK1.mean(dim=2, keepdim=True))
        else:
            x = self.injection(target, warped)
        if self.pyramid is not None:
            keys_BCK1 = self.pyramid(semantics).unsqueeze(3)
        for index, block in enumerate(self.integration):
            x, scores_BKhw = block(x, keys_BCK1, target, warped)
            if trace is not None and self.config.parsing and self.pyramid is None:
                trace(f"scores{index}", scores_BKhw)
        image: Tensor = self.decoder(x, target, warped, colors)
        return image

    def _check(
        self, source_image: Tensor, source_pose: Tensor, target_pose: Tensor, source_parsing: Tensor | None
    ) -> None:
        config = self.config
        require_map("source_image", source_image, 3, config.size_multiple)
        require_map("source_pose", source_pose, config.keypoints, config.size_multiple)
        require_map("target_pose", target_pose, config.keypoints, config.size_multiple)
        if (source_parsing is None) == config.parsing:
            raise ValueError(f"source_parsing {'is missing' if config.parsing else 'is given, but parsing is off'}")
        if source_parsing is not None:
            require_map("source_parsing", source_parsing, self._regions, config.size_multiple)

    def _regions_of(self, source_BChw: Tensor, source_pose: Tensor, source_parsing: Tensor | None) -> Tensor:
        if source_parsing is None:
            # Ones in the batch's number; asking for its size would not export.
            return source_BChw[:, :1] * 0 + 1
        parsing_BKhw = shrink_parsing(source_parsing)
        return parsing_BKhw if self.refinement is None else self.refinement(parsing_BKhw, source_pose, source_BChw)

    def _warped(
        self, source: Tensor, target: Tensor, semantics: Tensor, source_image: Tensor, trace: Trace | None
    ) -> tuple[Tensor | None, Tensor | None]:
        """The semantics where the target pose has them, B x C x h x w, and the colours likewise, B x 3 x h x w."""
        if self.correspondence is None:
            return None, None
        if trace is None and not self.config.decoder_colors:
            return self._enlarged(self.correspondence(source, target, semantics)), None
        # The image is warped along: a loss ties the correspondence to what is seen, and the decoder may read it.
        carried = torch.cat([semantics, F.avg_pool2d(source_image, 4)], dim=1)
        both = self.correspondence(source, target, carried)
        coarse, colors = both[:, : self.config.channels], both[:, self.config.channels :]
        if trace is not None:
            trace("warped_image", colors)
        return self._enlarged(coarse), self._enlarged(colors) if self.config.decoder_colors else None

    def _enlarged(self, coarse: Tensor) -> Tensor:
        scale = float(self.config.match_pooling)
        return F.interpolate(coarse, scale_factor=scale, mode="bilinear", align_corners=False)


def _encoder(in_channels: int, config: RsaGanConfig) -> nn.Sequential:
    blocks = [ResidualBlock(config.channels, config.norm, None) for _ in range(config.encoder_blocks)]
    return nn.Sequential(*down_path(in_channels, config.width, config.norm), *blocks)
