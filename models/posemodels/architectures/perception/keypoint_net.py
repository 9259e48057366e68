"""Keypoint network of ours: a small U-Net with one heatmap a joint."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from posemodels.architectures.perception.unet_trunk import UNetTrunk, conv_block

STRIDE = 2
JOINTS = 18


class KeypointNet(nn.Module):
    """Image [B, 3, H, W] in [-1, 1] to heatmaps [B, 18, H / 2, W / 2] in [0, 1]; the peak is the confidence."""

    def __init__(self, widths: tuple[int, int, int, int] = (32, 64, 96, 128)) -> None:
        super().__init__()
        self.trunk = UNetTrunk(widths)
        self.head = nn.Sequential(conv_block(widths[0], widths[0]), nn.Conv2d(widths[0], JOINTS, 1))
        # Almost every cell of almost every map is empty: start there instead of at one half.
        nn.init.constant_(self.head[1].bias, -4.0)  # type: ignore[arg-type]

    def logits(self, image: Tensor) -> Tensor:
        """Heatmaps before the sigmoid."""
        result: Tensor = self.head(self.trunk(image))
        return result

    def forward(self, image: Tensor) -> Tensor:
        return torch.sigmoid(self.logits(image))
