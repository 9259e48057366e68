"""Attention within attention: before the softmax, every key's scores consult those of the other keys.

After AiATrack (Gao et al., "AiATrack: Attention in Attention for Transformer Visual Tracking", ECCV 2022). A single
score of cross-attention is noisy; a key whose scores agree with those of similar keys is more to be trusted.

Shapes: B batch, P = height * width query positions, S keys, T tokens of the inner attention, V length of a token, L
length of what tokens are compared by, E inner width. Tokens are the columns of the scores (T = S, V = P), or its rows.
"""

from __future__ import annotations

from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import ZeroConv, in_precision_of, layer_norm
from posemodels.architectures.blocks.token_pyramid import pooling_matrix

EnhancementAxis = Literal["keys", "queries"]

_EPSILON = 1e-5


class Consensus(nn.Module):
    """What the tokens agree on: one attention head over them whose values are the normalised tokens, unprojected."""

    def __init__(self, length: int, width: int, positions: int | None) -> None:
        """`positions`: number of tokens, for a learned table that tells them apart; None for tokens without a place."""
        super().__init__()
        self.reduce = nn.Linear(length, width)
        self.reduce_norm = nn.LayerNorm(width)
        self.position = None if positions is None else nn.Parameter(torch.randn(positions, width) * 0.02)
        self.to_query = nn.Linear(width, width)
        self.to_key = nn.Linear(width, width)
        nn.init.normal_(self.reduce.weight, 0.0, 0.02)
        for layer in (self.to_query, self.to_key):
            nn.init.xavier_uniform_(layer.weight)

    def forward(self, summary_BTL: Tensor, value_BTV: Tensor) -> Tensor:
        """B x T x V. `summary_BTL` is what the tokens are compared by: themselves, or smaller pictures of them."""
        reduced_BTE = layer_norm(self.reduce(summary_BTL), self.reduce_norm)
        if self.position is not None:
            reduced_BTE = reduced_BTE + self.position
        query_BTE = self.to_query(reduced_BTE) * self.to_query.out_features**-0.5
        scores_BTT = torch.matmul(query_BTE, self.to_key(reduced_BTE).transpose(1, 2)).softmax(dim=-1)
        return torch.matmul(scores_BTT, value_BTV)


class DenseEnhancement(nn.Module):
    """The correction closest to AiATrack's. Its weights belong to one size of the maps and grow with P squared."""

    def __init__(self, positions: int, keys: int, width: int, positional: bool, axis: EnhancementAxis) -> None:
        """`axis`: which vectors of the scores consult each other, the columns (one a key) or the rows (one a query)."""
        super().__init__()
        self.shape = (positions, keys)
        self.axis = axis
        tokens, length = (keys, positions) if axis == "keys" else (positions, keys)
        self.consensus = Consensus(length, width, tokens if positional else None)
        self.value_norm = nn.LayerNorm(length, eps=_EPSILON)
        self.project = nn.Linear(length, length)
        nn.init.normal_(self.project.weight, 0.0, 0.02)

    def forward(self, scores_BPS: Tensor, height: int, width: int) -> Tensor:
        """The scores with their correction, B x P x S."""
        _require_scores(scores_BPS, *self.shape)
        tokens_BTV = scores_BPS.transpose(1, 2) if self.axis == "keys" else scores_BPS
        agreed_BTV = self.consensus(tokens_BTV, layer_norm(tokens_BTV, self.value_norm))
        correction_BTV = agreed_BTV + self.project(agreed_BTV)
        return scores_BPS + (correction_BTV.transpose(1, 2) if self.axis == "keys" else correction_BTV)


class PooledEnhancement(nn.Module):
    """The correction for maps of any size: columns are compared as pictures pooled to one grid."""

    def __init__(self, keys: int | None, width: int, grid: tuple[int, int]) -> None:
        """`keys`: their number, for the table of positions; None leaves the table out. `grid`: rows and columns."""
        super().__init__()
        self.keys = keys
        self.grid = grid
        self.consensus = Consensus(grid[0] * grid[1], width, keys)
        self.smooth = ZeroConv(1, 1, 3, padding=1, bias=False)

    def forward(self, scores_BPS: Tensor, height: int, width: int) -> Tensor:
        """The scores with their correction, B x P x S."""
        positions, keys = int(scores_BPS.shape[1]), int(scores_BPS.shape[2])
        _require_scores(scores_BPS, height * width, self.keys or keys)
        columns_BSP = scores_BPS.transpose(1, 2)
        pooling = pooling_matrix((self.grid,), height, width, columns_BSP.device, columns_BSP.dtype)
        agreed_BSP = self.consensus(torch.matmul(columns_BSP, pooling), standardized(columns_BSP))
        pictures = agreed_BSP.reshape(-1, 1, height, width)
        smoothed_BSP = (pictures + self.smooth(pictures)).reshape(-1, keys, positions)
        return scores_BPS + smoothed_BSP.transpose(1, 2)


def standardized(vectors: Tensor) -> Tensor:
    """Mean 0 and variance 1 along the last axis; a constant vector gives zeros."""
    length = int(vectors.shape[-1])
    # Both only for the exported graph: its operator must have weights, and ONNX Runtime 1.30 crashes without a shift.
    ones, zeros = torch.ones(length, device=vectors.device), torch.zeros(length, device=vectors.device)
    return F.layer_norm(in_precision_of(ones, vectors), (length,), ones, zeros, _EPSILON)


def _require_scores(scores_BPS: Tensor, positions: int, keys: int) -> None:
    found = tuple(int(size) for size in scores_BPS.shape[1:])
    if found != (positions, keys):
        raise ValueError(
            f"the enhanced attention is for {positions} positions and {keys} keys, got {found[0]} and {found[1]}: only "
            " 'pooled' without include_full takes any size"
        )
