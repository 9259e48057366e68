"""A feature map as few tokens: averages (or maxima) over grids of cells, coarse to fine.

Shapes: B batch, C channels, H height, W width, P = H * W positions, n cells along a side, S tokens.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import ZeroConv, flatten_positions, static_size

Pooling = Literal["average", "max"]

_MIXED_FROM = 3
"""Cells along a side from which a level has neighbours worth mixing."""


class TokenPyramid(nn.Module):
    """Pools a map to n x n for every n of `bins`; token j covers the same region of every map of the same size.

    local_mixing: levels of 3 x 3 cells and more add a depth-wise 3x3 convolution of themselves, which starts at 0.
    include_full: the positions themselves come last, as tokens of their own.
    """

    def __init__(
        self, channels: int, bins: Sequence[int], pooling: Pooling, local_mixing: bool, include_full: bool
    ) -> None:
        super().__init__()
        self.bins = tuple(bins)
        self.pooling = pooling
        self.include_full = include_full
        self.mix = nn.ModuleDict(
            {
                str(cells): ZeroConv(channels, channels, 3, padding=1, groups=channels, bias=False)
                for cells in self.bins
                if local_mixing and cells >= _MIXED_FROM
            }
        )

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """B x C x S, levels in the order of `level_sizes`, each row by row."""
        levels = [flatten_positions(x_BCHW)] if self.include_full else []
        if self.bins:
            levels = self._mixed(self._pooled(x_BCHW)) + levels
        return levels[0] if len(levels) == 1 else torch.cat(levels, dim=2)

    def level_sizes(self, positions: int) -> tuple[int, ...]:
        """Tokens of every level of a map with so many positions."""
        return tuple(cells * cells for cells in self.bins) + ((positions,) if self.include_full else ())

    def _pooled(self, x_BCHW: Tensor) -> Tensor:
        if self.pooling == "max":
            return torch.cat([flatten_positions(_max_cells(x_BCHW, cells)) for cells in self.bins], dim=2)
        _, height, width = static_size(x_BCHW)
        grids = tuple((cells, cells) for cells in self.bins)
        x_BCP = flatten_positions(x_BCHW)
        return torch.matmul(x_BCP, pooling_matrix(grids, height, width, x_BCP.device, x_BCP.dtype))

    def _mixed(self, tokens_BCS: Tensor) -> list[Tensor]:
        if not self.mix:
            return [tokens_BCS]
        channels = int(tokens_BCS.shape[1])
        levels, start = [], 0
        for cells in self.bins:
            level = tokens_BCS[:, :, start : start + cells * cells]
            if str(cells) in self.mix:
                grid = level.reshape(-1, channels, cells, cells)
                level = flatten_positions(grid + self.mix[str(cells)](grid))
            levels.append(level)
            start += cells * cells
        return levels


@functools.lru_cache(maxsize=64)
def pooling_matrix(
    grids: tuple[tuple[int, int], ...],
    height: int,
    width: int,
    device: torch.device = torch.device("cpu"),
    dtype: torch.dtype = torch.float32,
) -> Tensor:
    """Adaptive average pooling to grids of rows x columns as one matrix, P x S: a map's positions times it are cells.

    A constant product exports where adaptive pooling does not: cells overlap where the size does not divide.
    """
    matrices = [np.kron(_shares(rows, height), _shares(columns, width)) for rows, columns in grids]
    with torch.inference_mode(False):  # Kept for later calls, training among them.
        matrix = torch.from_numpy(np.concatenate(matrices).T.astype(np.float32, order="C"))
        return matrix.to(device, dtype)


def _shares(cells: int, length: int) -> np.ndarray:
    """Row i holds what each of `length` positions gives to cell i."""
    shares = np.zeros((cells, length))
    for row, (start, end) in zip(shares, cell_bounds(cells, length)):
        row[start:end] = 1 / (end - start)
    return shares


def cell_bounds(cells: int, length: int) -> list[tuple[int, int]]:
    """First position of each cell and the one after its last: floor(i * length / n) to ceil((i + 1) * length / n)."""
    return [(cell * length // cells, -(-(cell + 1) * length // cells)) for cell in range(cells)]


def _max_cells(x_BCHW: Tensor, cells: int) -> Tensor:
    _, height, width = static_size(x_BCHW)
    rows = [x_BCHW[:, :, start:end].amax(dim=2, keepdim=True) for start, end in cell_bounds(cells, height)]
    bands = torch.cat(rows, dim=2)
    columns = [bands[..., start:end].amax(dim=3, keepdim=True) for start, end in cell_bounds(cells, width)]
    return torch.cat(columns, dim=3)
