"""SCAM's encoder ("SAT"): a few latents a label that describe how each labelled region of an image looks.

Shapes: B batch, T latents, D latent channels, N labels, C channels, H height, W width, L = positions of a level.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import flatten_positions
from posemodels.architectures.blocks.trace import Trace
from posemodels.architectures.scam.config import ScamConfig
from posemodels.architectures.scam.masked_attention import (
    GatheringAttention,
    LabelMask,
    MaskedTransformer,
    TokenAttention,
)
from posemodels.architectures.scam.position_code import PositionCode

IMAGE_CHANNELS = 3


class SatEncoder(nn.Module):
    """Learned latents gather from ever coarser levels of an image pyramid, and exchange within their label."""

    label_of_token: Tensor
    latents_mask: Tensor

    def __init__(self, config: ScamConfig) -> None:
        super().__init__()
        tokens, dim = config.tokens, config.latent_dim
        label_of_token = tokens.label_of_token()
        self.latents = nn.Parameter(torch.randn(tokens.count, dim))
        self.register_buffer("label_of_token", label_of_token, persistent=False)
        self.register_buffer("latents_mask", (label_of_token[:, None] == label_of_token).float().unsqueeze(0))
        widths = [IMAGE_CHANNELS] + [config.encoder_width * 2**level for level in range(1, config.encoder_blocks)]
        coded = [config.position_dim, *widths[1:]]
        self.image_pos_embs = nn.ModuleList(PositionCode(channels) for channels in coded)
        halvings: list[nn.Module] = [
            nn.Sequential(nn.Conv2d(narrow, wide, 3, stride=2, padding=1), nn.LeakyReLU(0.2))
            for narrow, wide in zip(widths, widths[1:])
        ]
        self.convs = nn.ModuleList([nn.Identity(), *halvings])
        self.backbone = nn.ModuleDict()
        for level, width in enumerate([IMAGE_CHANNELS + config.position_dim, *widths[1:]]):
            attention_dim = config.encoder_attention_dim
            cross = GatheringAttention(dim, width, attention_dim, config.encoder_cross_heads)
            exchange = TokenAttention(dim, dim, attention_dim, config.encoder_self_heads)
            self.backbone[f"block_{level}"] = nn.ModuleDict(
                {
                    "cross_attention": MaskedTransformer(cross, tokens.count, dim),
                    "self_attention": MaskedTransformer(exchange, tokens.count, dim),
                }
            )

    def forward(self, image: Tensor, labels: Tensor, trace: Trace | None = None) -> Tensor:
        """Returns B x T x D. image: B x 3 x H x W in [-1, 1]; labels: B x N x H x W, one-hot."""
        feature = image
        hidden_TT = self.latents_mask[0] == 0
        # The first attention gives every image its own latents.
        latents_BTD = self.latents.unsqueeze(0)
        for level, (halve, code, block) in enumerate(zip(self.convs, self.image_pos_embs, self.backbone.values())):
            feature = halve(feature)
            placed = code.concat_to(feature) if level == 0 else code.add_to(feature)
            mask = LabelMask(labels, self.label_of_token, int(feature.shape[2]), int(feature.shape[3]))
            latents_BTD = block["cross_attention"](latents_BTD, flatten_positions(placed), mask)
            if trace is not None:
                trace(f"enc/block{level}_cross", latents_BTD)
            latents_BTD = block["self_attention"](latents_BTD, hidden_TT)
            if trace is not None:
                trace(f"enc/block{level}_self", latents_BTD)
        return latents_BTD
