"""SCAM's modulation: instance norm whose scale and shift every position takes from the latents of its label.

Shapes: B batch, T latents, D latent channels, C channels, N labels, L = h * w positions.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import flatten_positions
from posemodels.architectures.scam.config import ScamConfig
from posemodels.architectures.scam.masked_attention import (
    GatheringAttention,
    LabelMask,
    MaskedTransformer,
    SpreadingAttention,
    latent_perceptron,
)
from posemodels.architectures.scam.position_code import PositionCode


class Modulation(nn.Module):
    """One modulation of a feature map, and of the latents by it."""

    def __init__(self, channels: int, config: ScamConfig, duplex: bool, noise: bool) -> None:
        """duplex: the map updates the latents first; otherwise they pass through a perceptron of their own."""
        super().__init__()
        dim, attention = config.latent_dim, (config.attention_dim, config.heads)
        if noise:
            self.noise_var = nn.Parameter(torch.zeros(channels))
        self.feature_map_pos_encoding = PositionCode(channels)
        self.latent_to_image = SpreadingAttention(channels, dim, *attention)
        self.mlp_lti_gamma = nn.Linear(channels, channels)
        self.mlp_lti_beta = nn.Linear(channels, channels)
        if duplex:
            gathering = GatheringAttention(dim, channels, *attention)
            self.image_to_latent = MaskedTransformer(gathering, config.tokens.count, dim)
        else:
            self.fc_itl = latent_perceptron(dim, final_activation=False)
        self._duplex = duplex

    def forward(
        self, x_BChw: Tensor, latents_BTD: Tensor, mask: LabelMask, noise_B1hw: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """Returns the map, activated, and the latents it was modulated by. `noise` goes with a noisy modulation."""
        _, channels, height, width = (int(side) for side in x_BChw.shape)
        placed_BCL = flatten_positions(self.feature_map_pos_encoding.add_to(x_BChw))
        if self._duplex:
            latents_BTD = self.image_to_latent(latents_BTD, placed_BCL, mask)
        else:
            latents_BTD = self.fc_itl(latents_BTD)
        readouts = (self.mlp_lti_gamma, self.mlp_lti_beta)
        scale_BCL, shift_BCL = self.latent_to_image(placed_BCL, latents_BTD, mask, readouts)
        scale_BChw = scale_BCL.reshape(-1, channels, height, width)
        shift_BChw = shift_BCL.reshape(-1, channels, height, width)
        modulated = (1 + scale_BChw) * F.instance_norm(x_BChw) + shift_BChw
        if noise_B1hw is not None:
            modulated = modulated + self.noise_var[:, None, None] * noise_B1hw
        return F.leaky_relu(modulated, 0.2), latents_BTD
