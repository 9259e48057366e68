"""Reads the weights of an exported perception network back into its module, so that what ships is what is measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import numpy_helper
from torch import nn

from posemodels.errors import CheckpointError


def load_onnx_weights(network: nn.Module, folder: Path) -> tuple[int, int]:
    """Fills `network` from `model.onnx` in `folder`.

    Batch norms were folded into the convolutions at export: here each becomes the addition of the folded bias.

    :return: native height and width.
    :raises CheckpointError: the files are missing or belong to another architecture.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        graph = onnx.load(str(folder / manifest["file"])).graph
    except (OSError, ValueError) as error:
        raise CheckpointError(f"cannot read the model in {folder}: {error}") from error
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    exported = [[constants[name] for name in node.input[1:]] for node in graph.node if node.op_type == "Conv"]
    size = int(manifest["height"]), int(manifest["width"])
    pairs = _convolutions(network, size)
    if len(exported) != len(pairs) or any(
        tuple(arrays[0].shape) != tuple(conv.weight.shape) for arrays, (conv, _) in zip(exported, pairs)
    ):
        raise CheckpointError(f"the model in {folder} is not a {type(network).__name__} as defined here")
    with torch.no_grad():
        for (weight, bias), (conv, norm) in zip(exported, pairs, strict=True):
            conv.weight.copy_(torch.from_numpy(weight.copy()))
            if norm is None:
                assert conv.bias is not None
                conv.bias.copy_(torch.from_numpy(bias.copy()))
                continue
            norm.weight.fill_(1.0)
            norm.bias.copy_(torch.from_numpy(bias.copy()))
            norm.get_buffer("running_mean").zero_()
            norm.get_buffer("running_var").fill_(1.0 - norm.eps)
    network.eval()
    return size


def _convolutions(network: nn.Module, size: tuple[int, int]) -> list[tuple[nn.Conv2d, nn.BatchNorm2d | None]]:
    """Convolutions in the order they run, each with the batch norm after it."""
    order: list[Any] = []
    hooks = [
        module.register_forward_hook(lambda module, inputs, output: order.append(module))
        for module in network.modules()
        if isinstance(module, (nn.Conv2d, nn.BatchNorm2d))
    ]
    with torch.no_grad():
        network.eval()(torch.zeros(1, 3, *size))
    for hook in hooks:
        hook.remove()
    return [
        (module, following if isinstance(following, nn.BatchNorm2d) else None)
        for module, following in zip(order, [*order[1:], None], strict=True)
        if isinstance(module, nn.Conv2d)
    ]
