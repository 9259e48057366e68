"""Configuration of an RSA-GAN: every choice that the paper's abstract leaves open is a value here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from posemodels.architectures.blocks.layers import Norm
from posemodels.architectures.blocks.settings import require_counts
from posemodels.architectures.rsa_gan.regions import JOINT_ORDERS, RegionTable, region_table
from posemodels.errors import ConfigError

ABLATIONS: Mapping[str, Mapping[str, bool]] = {
    rung: dict(parsing=at >= 1, refinement=at >= 2, injection=at >= 3, cross_attention=at >= 4, gate=at >= 5)
    for at, rung in enumerate(("R0", "R1", "R2", "R3", "R4", "R5"))
}
"""The ladder from no parsing maps to the full network: the switches of each rung."""


@dataclass(frozen=True, kw_only=True)
class RsaGanConfig:
    """Sizes and switches. `…_width` values are multiples of `width`, so that at width 64 they are the full ones."""

    width: int = 64
    """Channels at full resolution; the modules work at C = 4 * width."""
    keypoints: int = 18
    """18 in OpenPose order, or 17 in COCO order, which has no neck."""
    norm: Norm = "instance"
    """Of the encoders and the semantic fusion. What modulates is an instance norm always."""
    encoder_blocks: int = 2
    regions: str | Mapping[str, Sequence[str]] = "eight"
    """`eight`, `four`, or a table: name of a region, background first, to those of our labels that it merges."""
    joints: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Label of ours to the joints it covers, where that is to differ from `JOINTS_OF_LABEL`."""

    parsing: bool = True
    """Off: one region is the whole picture, and no parsing map is asked for."""
    refinement: bool = True
    """Off: regions are the parsing map as given."""
    injection: bool = True
    """Off: the target pose is styled by the mean token alone, without correspondence of the poses."""
    cross_attention: bool = True
    gate: bool = True
    """Off: cross-attention adds its style ungated."""

    bone_sigma: float = 0.02
    """Thickness of a limb in region pose maps, Gaussian sigma as a fraction of the height."""
    region_channels: int = 8
    """Channels a region in the grouped convolution that refines it."""
    pose_hint_width: int = 1
    embedding_width: int = 1
    parsing_floor: float = 1e-4
    """Added to parsing maps before their logarithm: how far a region may be moved."""
    empty_mass: float = 1.0
    """A region of less than so many positions takes the mean of the whole map as its token."""

    match_pooling: int = 2
    """Poses are matched at a size so many times smaller than the feature maps."""
    match_width: int = 2
    match_temperature: float = 0.01
    injection_blocks: int = 4
    modulation_width: int = 2

    attention_blocks: int = 2
    attention_heads: int = 4
    attention_keys: Literal["regions", "pixels"] = "regions"
    """`pixels`: keys are pyramid cells of the semantic features instead of region tokens."""
    pyramid_bins: tuple[int, ...] = (1, 3, 6, 8)
    feed_forward_width: int = 8

    decoder_blocks: int = 4
    decoder_semantic_blocks: int = 2
    """The first so many blocks of the decoder are modulated by the warped semantics too."""
    decoder_kernel: int = 5
    decoder_colors: bool = False
    """The decoder's last convolution, too, reads the colours that the correspondence of the poses brings over."""
    decoder_start: Literal["style", "pose"] = "style"
    """What the decoder's blocks transform: the aligned style, or the target pose's features."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "pyramid_bins", tuple(self.pyramid_bins))
        require_counts(self, *_COUNTS)
        for name in ("parsing", "refinement", "injection", "cross_attention", "gate", "decoder_colors"):
            if not isinstance(getattr(self, name), bool):
                raise ConfigError(f"{name} must be true or false, got {getattr(self, name)!r}")
        for name in ("bone_sigma", "parsing_floor", "match_temperature"):
            if not 0 < getattr(self, name) <= 1:
                raise ConfigError(f"{name} must be in (0, 1], got {getattr(self, name)!r}")
        if self.empty_mass < 0:
            raise ConfigError(f"empty_mass must not be negative, got {self.empty_mass!r}")
        if self.keypoints not in JOINT_ORDERS:
            raise ConfigError(f"keypoints must be one of {sorted(JOINT_ORDERS)}, got {self.keypoints!r}")
        _require_one_of(self, norm=("batch", "instance"), decoder_start=("style", "pose"))
        _require_one_of(self, attention_keys=("regions", "pixels"))
        if not self.pyramid_bins or any(not isinstance(bin, int) or bin < 1 for bin in self.pyramid_bins):
            raise ConfigError(f"pyramid_bins must be whole numbers of at least 1, got {self.pyramid_bins}")
        if self.channels % self.attention_heads:
            raise ConfigError(f"{self.attention_heads} attention_heads do not divide {self.channels} channels")
        if not 0 <= self.decoder_semantic_blocks <= self.decoder_blocks:
            raise ConfigError(
                f"decoder_semantic_blocks must be within decoder_blocks, got {self.decoder_semantic_blocks}"
            )
        if self.decoder_kernel % 2 == 0:
            raise ConfigError(f"decoder_kernel must be odd, got {self.decoder_kernel}")
        if self.refinement and not self.parsing:
            raise ConfigError("refinement needs parsing: without parsing maps there is nothing to refine")
        if self.gate and not self.cross_attention:
            raise ConfigError("gate needs cross_attention, whose style it lets through")
        if self.decoder_colors and not self.injection:
            raise ConfigError("decoder_colors needs injection, whose correspondence brings them over")
        self.region_table()

    @property
    def channels(self) -> int:
        """C, the channels of every map at a quarter of the size."""
        return 4 * self.width

    @property
    def size_multiple(self) -> int:
        """Height and width of the pictures are multiples of this."""
        return 4 * self.match_pooling if self.injection else 4

    def region_table(self) -> RegionTable:
        return region_table(self.regions, self.joints, self.keypoints)


_COUNTS = (
    "width", "encoder_blocks", "region_channels", "pose_hint_width", "embedding_width", "match_pooling", "match_width",
    "injection_blocks", "modulation_width", "attention_blocks", "attention_heads", "feed_forward_width",
    "decoder_blocks", "decoder_kernel",
)  # fmt: skip


def rsa_gan_config(ablation: str = "R5", **values: Any) -> RsaGanConfig:
    """A configuration by its rung of `ABLATIONS`; switches given in `values` come before the rung's."""
    if ablation not in ABLATIONS:
        raise ConfigError(f"ablation must be one of {', '.join(ABLATIONS)}, got {ablation!r}")
    settings: dict[str, Any] = {**ABLATIONS[ablation], **values}
    return RsaGanConfig(**settings)


def _require_one_of(config: RsaGanConfig, **allowed: tuple[str, ...]) -> None:
    for name, choices in allowed.items():
        if getattr(config, name) not in choices:
            raise ConfigError(f"{name} must be {' or '.join(map(repr, choices))}, got {getattr(config, name)!r}")
