"""Weights stored in half precision: half the file, the same arithmetic."""

from __future__ import annotations

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

_LEAST = 256
"""Smaller constants, such as biases, are not worth a node."""


def store_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy whose larger float32 constants are float16 behind a cast, which runtimes fold away when they load.

    A constant that half precision cannot hold (above 65504) stays as it is.
    """
    result = onnx.ModelProto()
    result.CopyFrom(model)
    casts = []
    for tensor in result.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or int(np.prod(tensor.dims)) < _LEAST:
            continue
        with np.errstate(over="ignore"):
            half = numpy_helper.to_array(tensor).astype(np.float16)
        if not np.isfinite(half).all():
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(half, f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], f"{name}.cast", to=TensorProto.FLOAT))
    nodes = [*casts, *result.graph.node]
    del result.graph.node[:]
    result.graph.node.extend(nodes)
    onnx.checker.check_model(result, full_check=True)
    return result


def fold_norms(module: nn.Module) -> None:
    """Multiplies each batch norm that follows a convolution in a sequence into it, as the graph's writer would."""
    for part in module.modules():
        if not isinstance(part, nn.Sequential):
            continue
        for index in range(len(part) - 1):
            convolution, norm = part[index], part[index + 1]
            if isinstance(convolution, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                part[index], part[index + 1] = fuse_conv_bn_eval(convolution, norm), nn.Identity()


@torch.no_grad()
def round_to_half(module: nn.Module) -> None:
    """Rounds the weights that `store_half` stores in half precision."""
    for weight in module.parameters():
        if weight.numel() >= _LEAST:
            weight.copy_(weight.half().float())
