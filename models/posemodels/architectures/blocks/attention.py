"""Attention between two feature maps, exact at any size.

Shapes: B batch, C channels, D query/key channels, L = height * width positions, S keys (positions, or pooled regions),
R rows of queries taken at a time.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

MAX_ENERGY_ELEMENTS = 1 << 25
"""Largest energy matrix held at once without gradients (128 MiB in float32)."""

Change = Callable[[Tensor], Tensor]


def over_keys(energies_BRS: Tensor) -> Tensor:
    """Softmax over all keys together."""
    return energies_BRS.softmax(dim=-1)


def attend(
    query_BDL: Tensor, key_BDS: Tensor, value_BCS: Tensor, weigh: Change = over_keys, enhance: Change | None = None
) -> Tensor:
    """Weights values by how each query matches the keys: `O[:, i] = sum_j softmax_j(q_i . k_j) V[:, j]`, B x C x L.

    The energies are not scaled by 1/sqrt(D). Without gradients, queries are taken in rows so that no more than
    `MAX_ENERGY_ELEMENTS` energies exist at once; softmax runs over keys, so every row is complete and the result is
    the same. With gradients the whole matrix is needed for the backward pass anyway; while exporting, one matrix
    product serves the runtime better.

    weigh: energies to weights, each row by itself. enhance: changes the whole matrix before, B x L x S; it may mix
    rows, so nothing is taken in parts.
    """
    batch, _, positions = query_BDL.shape
    if enhance is not None or torch.is_grad_enabled() or torch.onnx.is_in_onnx_export():
        return _attend_rows(query_BDL, key_BDS, value_BCS, weigh, enhance)
    rows = max(1, MAX_ENERGY_ELEMENTS // (batch * key_BDS.shape[2]))
    if rows >= positions:
        return _attend_rows(query_BDL, key_BDS, value_BCS, weigh)
    parts = [_attend_rows(part_BDR, key_BDS, value_BCS, weigh) for part_BDR in query_BDL.split(rows, dim=2)]
    return torch.cat(parts, dim=2)


def _attend_rows(
    query_BDR: Tensor, key_BDS: Tensor, value_BCS: Tensor, weigh: Change, enhance: Change | None = None
) -> Tensor:
    energies_BRS = torch.matmul(query_BDR.transpose(1, 2), key_BDS)
    weights_BRS = weigh(energies_BRS if enhance is None else enhance(energies_BRS))
    if torch.onnx.is_in_onnx_export():
        return torch.matmul(value_BCS, weights_BRS.transpose(1, 2))
    # Weights on the left: their gradient then comes in rows too, and softmax's backward pass need not copy it.
    return torch.matmul(weights_BRS, value_BCS.transpose(1, 2)).transpose(1, 2)
