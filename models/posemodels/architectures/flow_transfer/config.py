"""Sizes of the networks."""

from __future__ import annotations

from dataclasses import dataclass

from posemodels.architectures.blocks.settings import require_counts
from posemodels.errors import ConfigError

LABELS = ("background", "hair", "face", "upper_clothes", "lower_clothes", "arms", "legs", "shoes", "accessory")
"""Of the parsing maps that go in and come out, in the order of their channels."""

STRIDE = 64
"""Height and width of the pictures are multiples of it."""

_LEVELS = 5


@dataclass(frozen=True, kw_only=True)
class FlowTransferConfig:
    """Widths of the two networks. Raises ConfigError for what makes no sense."""

    geometry: tuple[int, ...] = (40, 64, 96, 128, 160)
    """Channels of the geometry network at 1/4 to 1/64 of the picture's size."""
    fine: int = 16
    """Channels in which the geometry is refined at half of the picture's size."""
    color: tuple[int, ...] = (48, 96, 128)
    """Channels of the colour network at 1/2, 1/4 and 1/8 of the picture's size."""
    style: int = 32
    """What is told of the looks of one label of the source."""

    def __post_init__(self) -> None:
        require_counts(self, "fine", "style")
        for name, count in (("geometry", _LEVELS), ("color", 3)):
            widths = getattr(self, name)
            if len(widths) != count or min(widths) < 4:
                raise ConfigError(f"{name} must be {count} widths of at least 4, got {widths}")
