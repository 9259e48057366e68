"""Pairs of whole pictures as they lie in the shards."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class RawPairs:
    """Frames are those of the pictures."""

    source_images: Tensor | None
    """[B, 3, H, W] uint8."""
    target_images: Tensor | None
    source_labels: Tensor
    """[B, H, W] uint8."""
    target_labels: Tensor
    source_joints: Tensor
    """[B, 18, 2] in the frame."""
    target_joints: Tensor
    source_states: Tensor
    """[B, 18, 2] inside, seen."""
    target_states: Tensor
    positions: Tensor
    """[B, 2, H / 2, W / 2] float."""
    visible: Tensor
    """[B, H / 2, W / 2] bool."""
