"""Runs an exported graph with PyTorch's operators, so that what is measured and tested is the file that ships.

Covers the operators that this package exports, not ONNX as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import Tensor

from posemodels.errors import ExportError

Attributes = dict[str, Any]

_DTYPES = {
    onnx.TensorProto.FLOAT: torch.float32,
    onnx.TensorProto.INT64: torch.int64,
    onnx.TensorProto.BOOL: torch.bool,
}


class ExportedGraph:
    """A graph ready to run: `graph(source_image=…, …)` returns its outputs in order."""

    def __init__(self, path: Path) -> None:
        """Raises ExportError where the file cannot be read or has an operator that is not covered."""
        try:
            graph = onnx.load(str(path)).graph
        except (OSError, ValueError, RuntimeError) as error:
            raise ExportError(f"{path}: {error}") from error
        unknown = {node.op_type for node in graph.node} - set(_OPERATORS)
        if unknown:
            raise ExportError(f"{path}: operators that cannot be run here: {', '.join(sorted(unknown))}")
        self._constants = {item.name: _tensor(item) for item in graph.initializer}
        self._nodes = [
            # Inputs that are left out have no name.
            (node.op_type, [name for name in node.input if name], list(node.output), _attributes(node))
            for node in graph.node
        ]
        self.inputs = [value.name for value in graph.input]
        self.outputs = [value.name for value in graph.output]

    @torch.no_grad()
    def __call__(self, **inputs: Tensor) -> tuple[Tensor, ...]:
        if set(inputs) != set(self.inputs):
            raise ExportError(f"the graph takes {self.inputs}, not {sorted(inputs)}")
        values: dict[str, Tensor] = self._constants | inputs
        last_use = {name: at for at, (_, names, _, _) in enumerate(self._nodes) for name in names}
        for at, (operator, names, results, attributes) in enumerate(self._nodes):
            produced = _OPERATORS[operator]([values[name] for name in names], attributes)
            values.update(zip(results, produced if isinstance(produced, tuple) else (produced,)))
            for name in set(names):
                # Large intermediates would otherwise pile up until the end.
                if last_use[name] == at and name not in self._constants and name not in self.outputs:
                    del values[name]
        return tuple(values[name] for name in self.outputs)


def _tensor(proto: onnx.TensorProto) -> Tensor:
    return torch.from_numpy(numpy_helper.to_array(proto).copy())


def _attributes(node: onnx.NodeProto) -> Attributes:
    return {item.name: onnx.helper.get_attribute_value(item) for item in node.attribute}


def _conv(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    pads = attributes.get("pads", [0, 0, 0, 0])
    padded = F.pad(inputs[0], (pads[1], pads[3], pads[0], pads[2]))
    bias = inputs[2] if len(inputs) > 2 else None
    return F.conv2d(
        padded,
        inputs[1],
        bias,
        stride=attributes.get("strides", [1, 1]),
        dilation=attributes.get("dilations", [1, 1]),
        groups=attributes.get("group", 1),
    )


def _conv_transpose(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    pads = attributes.get("pads", [0, 0, 0, 0])
    bias = inputs[2] if len(inputs) > 2 else None
    return F.conv_transpose2d(
        inputs[0],
        inputs[1],
        bias,
        stride=attributes.get("strides", [1, 1]),
        padding=pads[:2],
        output_padding=attributes.get("output_padding", [0, 0]),
    )


def _pad(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    pads = inputs[1].tolist()
    modes = {b"constant": "constant", b"reflect": "reflect", b"edge": "replicate"}
    mode = modes[attributes.get("mode", b"constant")]
    rank = len(pads) // 2
    # Only constants may be added to axes other than the last two.
    axes = range(rank - 1, -1 if mode == "constant" else rank - 3, -1)
    return F.pad(inputs[0], [size for axis in axes for size in (pads[axis], pads[axis + rank])], mode=mode)


def _reshape(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    sizes = [inputs[0].shape[at] if size == 0 else size for at, size in enumerate(inputs[1].tolist())]
    return inputs[0].reshape(sizes)


def _resize(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    height, width = (float(scale) for scale in inputs[-1].tolist()[2:])
    mode = attributes["mode"].decode()
    if mode == "nearest":
        return F.interpolate(inputs[0], scale_factor=(height, width), mode="nearest")
    return F.interpolate(inputs[0], scale_factor=(height, width), mode="bilinear", align_corners=False)


def _layer_norm(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    axis = attributes.get("axis", -1)
    bias = inputs[2] if len(inputs) > 2 else None
    return F.layer_norm(inputs[0], inputs[0].shape[axis:], inputs[1], bias, attributes.get("epsilon", 1e-5))


def _reduce_max(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    return inputs[0].amax(attributes["axes"], keepdim=bool(attributes.get("keepdims", 1)))


def _slice(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    starts, ends, axes, steps = (item.tolist() for item in [*inputs[1:], torch.ones_like(inputs[1])][:4])
    parts = [slice(None)] * inputs[0].ndim
    for start, end, axis, step in zip(starts, ends, axes, steps):
        parts[axis] = slice(start, end, step)
    return inputs[0][tuple(parts)]


def _average_pool(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    return F.avg_pool2d(inputs[0], attributes["kernel_shape"], attributes.get("strides"))


def _split(inputs: list[Tensor], attributes: Attributes) -> tuple[Tensor, ...]:
    return inputs[0].split(inputs[1].tolist(), dim=attributes.get("axis", 0))


def _gather(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    axis = attributes.get("axis", 0)
    taken = inputs[0].index_select(axis, inputs[1].flatten())
    return taken.reshape(*inputs[0].shape[:axis], *inputs[1].shape, *inputs[0].shape[axis:][1:])


def _max_pool(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    pads = attributes.get("pads", [0, 0, 0, 0])
    return F.max_pool2d(inputs[0], attributes["kernel_shape"], attributes.get("strides"), pads[:2])


def _depth_to_space(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    if attributes.get("mode", b"DCR") != b"DCR":
        return F.pixel_shuffle(inputs[0], attributes["blocksize"])
    batch, channels, height, width = inputs[0].shape
    size = attributes["blocksize"]
    parted = inputs[0].reshape(batch, size, size, channels // size**2, height, width)
    return parted.permute(0, 3, 4, 1, 5, 2).reshape(batch, channels // size**2, height * size, width * size)


def _grid_sample(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    padding = attributes.get("padding_mode", b"zeros").decode()
    aligned = bool(attributes.get("align_corners", 0))
    return F.grid_sample(inputs[0], inputs[1], padding_mode=padding, align_corners=aligned)


def _constant_of_shape(inputs: list[Tensor], attributes: Attributes) -> Tensor:
    value = _tensor(attributes["value"]) if "value" in attributes else torch.zeros(1)
    return value.expand(inputs[0].tolist()).clone()


def _squeeze(inputs: list[Tensor], _: Attributes) -> Tensor:
    axes = {axis % inputs[0].ndim for axis in inputs[1].tolist()}
    return inputs[0].reshape([size for axis, size in enumerate(inputs[0].shape) if axis not in axes])


def _unsqueeze(inputs: list[Tensor], _: Attributes) -> Tensor:
    rank = inputs[0].ndim + inputs[1].numel()
    result = inputs[0]
    for axis in sorted(axis % rank for axis in inputs[1].tolist()):
        result = result.unsqueeze(axis)
    return result


_OPERATORS: dict[str, Callable[[list[Tensor], Attributes], Tensor | tuple[Tensor, ...]]] = {
    "Add": lambda inputs, _: inputs[0] + inputs[1],
    "AveragePool": _average_pool,
    "Cast": lambda inputs, attributes: inputs[0].to(_DTYPES[attributes["to"]]),
    "Clip": lambda inputs, _: inputs[0].clamp(*(bound.item() for bound in inputs[1:])),
    "Concat": lambda inputs, attributes: torch.cat(inputs, dim=attributes["axis"]),
    "Constant": lambda _, attributes: _tensor(attributes["value"]),
    "ConstantOfShape": _constant_of_shape,
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "DepthToSpace": _depth_to_space,
    "Div": lambda inputs, _: inputs[0] / inputs[1],
    "Equal": lambda inputs, _: inputs[0] == inputs[1],
    "Flatten": lambda inputs, attributes: inputs[0].flatten(attributes.get("axis", 1)),
    "GridSample": _grid_sample,
    "Neg": lambda inputs, _: -inputs[0],
    "Shape": lambda inputs, _: torch.tensor(inputs[0].shape),
    "Erf": lambda inputs, _: inputs[0].erf(),
    "Exp": lambda inputs, _: inputs[0].exp(),
    "Gather": _gather,
    "Greater": lambda inputs, _: inputs[0] > inputs[1],
    "Identity": lambda inputs, _: inputs[0],
    "InstanceNormalization": lambda inputs, attributes: F.instance_norm(
        inputs[0], weight=inputs[1], bias=inputs[2], eps=attributes.get("epsilon", 1e-5)
    ),
    "LayerNormalization": _layer_norm,
    "LeakyRelu": lambda inputs, attributes: F.leaky_relu(inputs[0], attributes.get("alpha", 0.01)),
    "Less": lambda inputs, _: inputs[0] < inputs[1],
    "Log": lambda inputs, _: inputs[0].log(),
    "MatMul": lambda inputs, _: torch.matmul(inputs[0], inputs[1]),
    "Max": lambda inputs, _: torch.maximum(inputs[0], inputs[1]),
    "MaxPool": _max_pool,
    "Mul": lambda inputs, _: inputs[0] * inputs[1],
    "Pad": _pad,
    "ReduceMax": _reduce_max,
    "ReduceMean": lambda inputs, attributes: inputs[0].mean(
        list(attributes["axes"]), keepdim=bool(attributes.get("keepdims", 1))
    ),
    "ReduceSum": lambda inputs, attributes: inputs[0].sum(
        inputs[1].tolist(), keepdim=bool(attributes.get("keepdims", 1))
    ),
    "Relu": lambda inputs, _: inputs[0].relu(),
    "Reshape": _reshape,
    "Resize": _resize,
    "Sigmoid": lambda inputs, _: inputs[0].sigmoid(),
    "Slice": _slice,
    "Softmax": lambda inputs, attributes: inputs[0].softmax(attributes.get("axis", -1)),
    "Split": _split,
    "Sqrt": lambda inputs, _: inputs[0].sqrt(),
    "Squeeze": _squeeze,
    "Sub": lambda inputs, _: inputs[0] - inputs[1],
    "Tanh": lambda inputs, _: inputs[0].tanh(),
    "Transpose": lambda inputs, attributes: inputs[0].permute(attributes["perm"]),
    "Unsqueeze": _unsqueeze,
    "Where": lambda inputs, _: torch.where(inputs[0], inputs[1], inputs[2]),
}
