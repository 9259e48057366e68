"""Person-parsing network of ours: a small U-Net with a score a label and pixel."""

from __future__ import annotations

from torch import Tensor, nn

from posemodels.architectures.perception.unet_trunk import UNetTrunk, conv_block

LABELS = 8


class ParsingNet(nn.Module):
    """Image [B, 3, H, W] in [-1, 1] to scores [B, 8, H, W] (logits)."""

    def __init__(self, widths: tuple[int, int, int, int] = (32, 64, 96, 128)) -> None:
        super().__init__()
        self.trunk = UNetTrunk(widths)
        # Half-resolution features, four sets of scores each: sharp edges without full-resolution convolutions.
        self.head = nn.Sequential(
            conv_block(widths[0], widths[0]), nn.Conv2d(widths[0], LABELS * 4, 1), nn.PixelShuffle(2)
        )

    def forward(self, image: Tensor) -> Tensor:
        scores: Tensor = self.head(self.trunk(image))
        return scores
