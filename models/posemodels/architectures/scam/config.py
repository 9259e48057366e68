"""Sizes of a SCAM, and how its latents are shared out among the labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from posemodels.errors import ConfigError

MINIMUM_UP_LAYERS = 4
"""The last four blocks narrow the features from 16 * width to width."""


@dataclass(frozen=True)
class TokenLayout:
    """Which latents belong to which label: those of the background (label 0) first, then label by label."""

    labels: int
    per_label: int
    background: int

    @property
    def count(self) -> int:
        """T, the number of latents."""
        return self.background + (self.labels - 1) * self.per_label

    def of_label(self, label: int) -> slice:
        """Where the latents of a label lie on the latents' token axis."""
        if not 0 <= label < self.labels:
            raise ValueError(f"label must be in [0, {self.labels}), got {label}")
        end = self.background + label * self.per_label
        return slice(end - (self.per_label if label else self.background), end)

    def label_of_token(self) -> Tensor:
        """T whole numbers: the label of each latent."""
        counts = torch.tensor([self.background] + [self.per_label] * (self.labels - 1))
        return torch.arange(self.labels).repeat_interleave(counts)


@dataclass(frozen=True, kw_only=True)
class ScamConfig:
    """Sizes of a SCAM. The defaults are the published ones for iDesigner (CelebAMask-HQ: 19 labels, ADE20K: 151)."""

    labels: int = 3
    """Classes of the parsing maps, the background (label 0) included."""
    latents_per_label: int = 8
    background_latents: int = 8
    latent_dim: int = 256
    width: int = 64
    """Channels of the generator at full resolution; it starts with 16 times as many."""
    up_layers: int = 6
    """The generator starts at 1/2**up_layers of the size."""
    attention_dim: int = 256
    heads: int = 1
    attention: Literal["duplex", "simplex"] = "duplex"
    """Duplex modulations let the feature map update the latents; simplex ones transform the latents by themselves."""
    noise: bool = True
    encoder_width: int = 16
    """The encoder's level i >= 1 has encoder_width * 2**i channels."""
    encoder_blocks: int = 7
    """Levels of the encoder's pyramid; level 0 is the image."""
    encoder_attention_dim: int = 256
    encoder_cross_heads: int = 1
    encoder_self_heads: int = 1
    position_dim: int = 40
    """Channels of the position code beside the image in level 0."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            minimum = MINIMUM_UP_LAYERS if name == "up_layers" else 1
            if name not in ("attention", "noise") and (type(value) is not int or value < minimum):
                raise ConfigError(f"{name} must be a whole number of at least {minimum}, got {value!r}")
        if self.attention not in ("duplex", "simplex"):
            raise ConfigError(f"attention must be 'duplex' or 'simplex', got {self.attention!r}")
        # A position code is a sine and a cosine for each of two axes.
        coded = {"width": self.width, "position_dim": self.position_dim}
        if self.encoder_blocks > 1:
            coded["2 * encoder_width"] = 2 * self.encoder_width
        for name, channels in coded.items():
            if channels % 4:
                raise ConfigError(f"{name} must be a multiple of 4, got {channels}")
        for name, heads, dim in (
            ("heads", self.heads, self.attention_dim),
            ("encoder_cross_heads", self.encoder_cross_heads, self.encoder_attention_dim),
            ("encoder_self_heads", self.encoder_self_heads, self.encoder_attention_dim),
        ):
            if dim % heads:
                raise ConfigError(f"{name} must divide the attention width {dim}, got {heads}")

    @property
    def tokens(self) -> TokenLayout:
        return TokenLayout(self.labels, self.latents_per_label, self.background_latents)
