"""What the source says of the looks of each label, so that surface it does not show is painted from the garment.

After the mean pooling by label of SEAN (Zhu et al., 2020, section 3.1). Tensor names end in the letters of their axes:
B batch, L labels, S style, H and W height and width, N places.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.flow_transfer.blocks import conv
from posemodels.architectures.flow_transfer.config import LABELS

_COLORS = 3
_MIXED = 192
_LEAST = 1e-4
"""Share of the picture under which a label's looks are not known."""


class StyleVectors(nn.Module):
    """A vector for each label, learnt features and mean colour; what is hidden is guessed from the other labels."""

    def __init__(self, style: int) -> None:
        super().__init__()
        labels = len(LABELS)
        self.size = style + _COLORS
        self.see = nn.Sequential(conv(4 * _COLORS + labels, 32, stride=2), conv(32, style))
        self.mix = nn.Sequential(
            nn.Conv2d(labels * (self.size + 1), _MIXED, 1), nn.ReLU(), nn.Conv2d(_MIXED, labels * self.size, 1)
        )

    def forward(self, source_image: Tensor, source_parsing: Tensor) -> Tensor:
        """Image at the picture's size, labels at half of it; B x L x S."""
        image = F.avg_pool2d(source_image, 4)
        seen = self.see(torch.cat([F.pixel_unshuffle(source_image, 2), source_parsing], dim=1))
        places_BSN = torch.cat([seen.float(), image], dim=1).flatten(2)
        weights_BLN = F.avg_pool2d(source_parsing, 2).flatten(2)
        share_BL1 = weights_BLN.mean(dim=2, keepdim=True)
        mean_BLS = torch.matmul(weights_BLN, places_BSN.transpose(1, 2)) / weights_BLN.shape[2] / (share_BL1 + _LEAST)
        known_BL1 = (share_BL1 / (10 * _LEAST)).clamp(0.0, 1.0)
        told = torch.cat([mean_BLS, known_BL1], dim=2).flatten(1)[:, :, None, None]
        guessed_BLS = self.mix(told).float().reshape(-1, len(LABELS), self.size)
        return mean_BLS * known_BL1 + guessed_BLS
