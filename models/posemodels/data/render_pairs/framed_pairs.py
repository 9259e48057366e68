"""Pairs as the generator meets them.

Tensor names end in the letters of their axes: B batch, J joints, H and W height and width, h and w those of the flow.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from posemodels.data.heatmaps import gaussian_maps


@dataclass(frozen=True)
class FramedPairs:
    """What the networks are given, and what they shall say. Frames are those of the windows."""

    source_image: Tensor | None
    """[B, 3, H, W] in [-1, 1], 0 outside of the photo."""
    target_image: Tensor | None
    source_labels: Tensor
    """[B, H, W] int64, as found, of nine labels."""
    true_source_labels: Tensor
    target_labels: Tensor
    """[B, H, W] int64."""
    target_known: Tensor
    """[B, H, W] bool: within the target's picture."""
    source_joints: Tensor
    """[B, 18, 2] in the frame."""
    source_present: Tensor
    """[B, 18] bool."""
    target_joints: Tensor
    target_present: Tensor
    positions: Tensor
    """[B, 2, h, w] where in the source's frame the surface lies that the target shows."""
    visible: Tensor
    """[B, h, w] bool: whether the source's photo shows it."""
    matched: Tensor
    """[B, h, w] bool: whether the target shows the person there at all."""

    def source_pose(self, size: tuple[int, int], sigma: float, stride: int = 1) -> Tensor:
        return pose_maps(self.source_joints, self.source_present, size, sigma, stride)

    def target_pose(self, size: tuple[int, int], sigma: float, stride: int = 1) -> Tensor:
        return pose_maps(self.target_joints, self.target_present, size, sigma, stride)


def pose_maps(joints_BJ2: Tensor, present_BJ: Tensor, size: tuple[int, int], sigma: float, stride: int = 1) -> Tensor:
    """Gaussian maps of joints given in the frame; sigma in pixels of a picture of (height, width) `size`."""
    height, width = size
    pixels = (joints_BJ2 + 1) / 2 * torch.tensor([width, height]) - 0.5
    return gaussian_maps(pixels.masked_fill(~present_BJ[..., None], -1.0), size, sigma, stride)
