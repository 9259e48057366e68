"""Parsing maps as networks take them: one channel a label, at any size they are needed at."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def resize_nearest(x_BCHW: Tensor, height: int, width: int) -> Tensor:
    """Nearest neighbour, down or up, by PyTorch's rule: source index = floor(float32(target index) * in / out).

    Runtimes round that product in ways of their own. An exported graph therefore holds the indices, but for the
    doubling of both sides, which all of them agree on.
    """
    if tuple(x_BCHW.shape[2:]) == (height, width):
        return x_BCHW
    if tuple(2 * side for side in x_BCHW.shape[2:]) == (height, width):
        return F.interpolate(x_BCHW, scale_factor=2.0, mode="nearest")
    if not torch.onnx.is_in_onnx_export():
        return F.interpolate(x_BCHW, size=(height, width), mode="nearest")
    rows, columns = (_source_indices(int(old), new) for old, new in zip(x_BCHW.shape[2:], (height, width)))
    return x_BCHW.index_select(2, rows).index_select(3, columns)


def _source_indices(old: int, new: int) -> Tensor:
    """Which of `old` rows or columns each of `new` ones is read from."""
    return F.interpolate(torch.arange(old).float()[None, None], size=new, mode="nearest")[0, 0].long()
