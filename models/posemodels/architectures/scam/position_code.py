"""Sinusoidal code of the position in a feature map."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class PositionCode(nn.Module):
    """C channels of sines and cosines of column and row; coordinates run from -1 to 1, borders included.

    C is a multiple of 4, n = C / 4 frequencies: sines of the column, sines of the row, cosines of the column, cosines
    of the row. The frequencies are a buffer because checkpoints hold them.
    """

    inv_freq: Tensor

    def __init__(self, channels: int) -> None:
        super().__init__()
        half = channels // 2
        self.register_buffer("inv_freq", 10000.0 ** (-2.0 * torch.arange(channels // 4) / half))

    def forward(self, height: int, width: int) -> Tensor:
        """The code as 1 x C x H x W."""
        frequencies = self.inv_freq
        if torch.onnx.is_in_onnx_export():
            # Cut off from the graph's inputs, the code becomes a constant of the exported graph.
            frequencies = torch.from_numpy(frequencies.detach().cpu().numpy())
        columns = _coordinates(width, frequencies) * frequencies[:, None]
        rows = _coordinates(height, frequencies) * frequencies[:, None]
        code_nHW = (-1, height, width)
        across, down = columns[:, None, :], rows[:, :, None]
        parts = (across.sin(), down.sin(), across.cos(), down.cos())
        return torch.cat([part.expand(code_nHW) for part in parts]).unsqueeze(0)

    def add_to(self, x_BCHW: Tensor) -> Tensor:
        """x with the code of its size added."""
        return x_BCHW + self(int(x_BCHW.shape[2]), int(x_BCHW.shape[3]))

    def concat_to(self, x_BCHW: Tensor) -> Tensor:
        """x with the code as further channels, written as a sum, which needs no batch size in an exported graph."""
        _, channels, height, width = (int(side) for side in x_BCHW.shape)
        code = self(height, width)
        widened = F.pad(x_BCHW, (0, 0, 0, 0, 0, int(code.shape[1])))
        return widened + F.pad(code, (0, 0, 0, 0, channels, 0))


def _coordinates(count: int, like: Tensor) -> Tensor:
    return torch.linspace(-1, 1, count, dtype=like.dtype, device=like.device)
