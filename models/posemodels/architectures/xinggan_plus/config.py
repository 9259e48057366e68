"""What can be chosen of the multi-scale XingGAN; its code is not public, so every reading of the text is a switch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from posemodels.architectures.blocks.token_pyramid import Pooling
from posemodels.architectures.xinggan.xinggan import XingGanConfig
from posemodels.architectures.xinggan_plus.enhanced_attention import EnhancementAxis
from posemodels.errors import ConfigError

EnhancementMode = Literal["dense", "pooled"]


@dataclass(frozen=True, kw_only=True)
class XingGanPlusConfig(XingGanConfig):
    """Sizes and choices of a XingGAN++-style generator. The defaults are the whole design at the base's full size."""

    size: tuple[int, int] | None = None
    """Height and width of the images, for the choices that belong to one size; None runs at any."""

    pyramid_bins: tuple[int, ...] = (1, 3, 6, 8)
    """Cells along a side of each pooled level, coarse to fine; empty, with `include_full`, for the base's own keys."""
    pooling: Pooling = "average"
    local_mixing: bool = True
    """Pooled levels of 3 x 3 and more get a depth-wise 3x3 convolution that starts at 0."""
    include_full: bool = False
    """Adds the unpooled positions to the keys: for small images and comparisons."""
    key_norm: bool = True
    """Layer norm over the channels of the tokens that keys are made of, not of those that values are made of."""
    attn_scale: bool = True
    """Scores are divided by the square root of the key channels."""
    share_qkv: bool = False
    """Both directions share their projections and gain, as in the base."""
    ms_merge: Literal["joint", "sum"] = "joint"
    """One softmax over all levels, or one a level and the mean of what they attend to."""

    ea: bool = True
    """Enhanced attention."""
    ea_mode: Literal["auto", "dense", "pooled"] = "auto"
    """`dense` belongs to one size; `auto` takes it where `size` is known and has few enough positions."""
    ea_dense_positions: int = 1024
    """Most positions (a sixteenth of the pixels) for which `auto` is `dense`."""
    ea_axis: EnhancementAxis = "keys"
    ea_width: int = 64
    """Channels of the inner attention."""
    ea_position: bool = True
    """A learned table tells the inner attention which region a key is."""
    ea_grid: tuple[int, int] = (16, 8)
    """Rows and columns to which `pooled` reduces a key's scores."""

    fusion: Literal["dense", "per_stage", "base"] = "dense"
    growth: int = 64
    """Channels that each stage adds to the side path of the dense fusion."""

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("pyramid_bins", "ea_grid", "size"):
            value = getattr(self, name)
            if isinstance(value, list):  # as configuration files have it
                object.__setattr__(self, name, tuple(value))
            elif not isinstance(value, tuple) and (name, value) != ("size", None):
                raise ConfigError(f"{name} must be a list of whole numbers, got {value!r}")
        self._refuse_unknown_values()
        self._refuse_impossible_pyramid()
        self._refuse_impossible_size()
        _require_whole("ea_grid", *self.ea_grid, count=2)
        for name in ("ea_dense_positions", "ea_width", "growth"):
            _require_whole(name, getattr(self, name))

    @property
    def positions(self) -> int | None:
        """Of a feature map, where the size is known."""
        return None if self.size is None else (self.size[0] // 4) * (self.size[1] // 4)

    @property
    def keys(self) -> int | None:
        """Tokens that a position attends to, where they do not depend on an unknown size."""
        pooled = sum(cells * cells for cells in self.pyramid_bins)
        if not self.include_full:
            return pooled
        return None if self.positions is None else pooled + self.positions

    @property
    def enhancement(self) -> EnhancementMode | None:
        """Which enhanced attention is built; None for none."""
        if not self.ea:
            return None
        if self.ea_mode != "auto":
            return self.ea_mode
        if self.positions is None:
            return "pooled"
        return "dense" if self.positions <= self.ea_dense_positions or self.ea_axis == "queries" else "pooled"

    def _refuse_unknown_values(self) -> None:
        choices = {
            "pooling": ("average", "max"),
            "ms_merge": ("joint", "sum"),
            "ea_mode": ("auto", "dense", "pooled"),
            "ea_axis": ("keys", "queries"),
            "fusion": ("dense", "per_stage", "base"),
        }
        for name, known in choices.items():
            if getattr(self, name) not in known:
                raise ConfigError(f"{name} must be one of {', '.join(known)}, got {getattr(self, name)!r}")
        switches = ("local_mixing", "include_full", "key_norm", "attn_scale", "share_qkv", "ea", "ea_position")
        for name in switches:
            if not isinstance(getattr(self, name), bool):
                raise ConfigError(f"{name} must be true or false, got {getattr(self, name)!r}")

    def _refuse_impossible_pyramid(self) -> None:
        _require_whole("pyramid_bins", *self.pyramid_bins)
        if list(self.pyramid_bins) != sorted(set(self.pyramid_bins)):
            raise ConfigError(f"pyramid_bins must go from coarse to fine, got {list(self.pyramid_bins)}")
        if not self.pyramid_bins and not self.include_full:
            raise ConfigError("without pyramid_bins include_full is needed: there would be no keys")

    def _refuse_impossible_size(self) -> None:
        if self.size is not None:
            _require_whole("size", *self.size, count=2)
            if self.size[0] % 4 or self.size[1] % 4:
                raise ConfigError(f"size must be height and width in multiples of 4, got {list(self.size)}")
        elif self.enhancement == "dense":
            raise ConfigError("dense enhanced attention needs a size: its weights belong to one")
        elif self.enhancement == "pooled" and self.ea_position and self.include_full:
            raise ConfigError(
                "enhanced attention with include_full needs a size: the table of positions belongs to one"
            )
        if self.enhancement == "pooled" and self.ea_axis == "queries":
            raise ConfigError("ea_axis 'queries' needs ea_mode 'dense': the scores of one query are no picture")


def _require_whole(name: str, *values: object, count: int | None = None) -> None:
    for value in values:
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ConfigError(f"{name} must be whole numbers of at least 1, got {value!r}")
    if count is not None and len(values) != count:
        raise ConfigError(f"{name} must be {count} numbers, got {len(values)}")


_BASE_FUSION: Mapping[str, Any] = {"fusion": "base"}
_WITHOUT_ENHANCEMENT: Mapping[str, Any] = {"ea": False, **_BASE_FUSION}

ABLATIONS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "B0": {
            "pyramid_bins": (),
            "include_full": True,
            "key_norm": False,
            "attn_scale": False,
            "share_qkv": True,
            **_WITHOUT_ENHANCEMENT,
        },
        "B1": _WITHOUT_ENHANCEMENT,
        "B2": _BASE_FUSION,
        "B3": {},
    }
)
"""What to set for each rung of the ladder: B0 the base XingGAN, B1 with the pyramid, B2 with enhanced attention too, B3
with dense fusion too, which is the whole design."""
