"""Dense attention between two feature maps of the same size, exact at any size.

Shapes: B batch, C channels, D query/key channels, L = height * width positions, R rows of queries taken at a time.
"""

from __future__ import annotations

import torch
from torch import Tensor

MAX_ENERGY_ELEMENTS = 1 << 25
"""Largest energy matrix held at once without gradients (128 MiB in float32)."""


def attend(query_BDL: Tensor, key_BDL: Tensor, value_BCL: Tensor) -> Tensor:
    """Weights values by how each query matches the keys: `O[:, i] = sum_j softmax_j(q_i . k_j) V[:, j]`, B x C x L.

    The energies are not scaled by 1/sqrt(D). Without gradients, queries are taken in rows so that no more than
    `MAX_ENERGY_ELEMENTS` energies exist at once; softmax runs over keys, so every row is complete and the result is
    the same. With gradients the whole matrix is needed for the backward pass anyway; while exporting, one matrix
    product serves the runtime better.
    """
    batch, _, positions = query_BDL.shape
    if torch.is_grad_enabled() or torch.onnx.is_in_onnx_export():
        return _attend_rows(query_BDL, key_BDL, value_BCL)
    rows = max(1, MAX_ENERGY_ELEMENTS // (batch * positions))
    if rows >= positions:
        return _attend_rows(query_BDL, key_BDL, value_BCL)
    return torch.cat([_attend_rows(part_BDR, key_BDL, value_BCL) for part_BDR in query_BDL.split(rows, dim=2)], dim=2)


def _attend_rows(query_BDR: Tensor, key_BDL: Tensor, value_BCL: Tensor) -> Tensor:
    weights_BRL = torch.matmul(query_BDR.transpose(1, 2), key_BDL).softmax(dim=-1)
    if torch.onnx.is_in_onnx_export():
        return torch.matmul(value_BCL, weights_BRL.transpose(1, 2))
    # Weights on the left: their gradient then comes in rows too, and softmax's backward pass need not copy it.
    return torch.matmul(weights_BRL, value_BCL.transpose(1, 2)).transpose(1, 2)
