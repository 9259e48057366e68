"""Writes a module as ONNX: one opset, a dynamic batch axis, batch norms folded into the convolutions before them."""

from __future__ import annotations

import copy
import io
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.onnx import symbolic_helper, symbolic_opset11

from posemodels.errors import ExportError
from posemodels.export.manifest import BATCH_AXIS, OPSET
from posemodels.export.passes import optimize

_FOLDABLE = {"Conv": 0, "ConvTranspose": 1}
"""Operators that a batch norm after them folds into, with the axis of their weight that counts output channels."""


def write_onnx(
    module: nn.Module,
    inputs: Mapping[str, Tensor],
    outputs: Mapping[str, Tensor],
    path: Path,
    *,
    plain: bool = False,
) -> onnx.ModelProto:
    """Traces the module on the inputs, in their order, and writes the checked graph.

    `outputs` are what the module returns for them, by name: they fix the graph's output shapes. plain: layer for
    layer as the module computes it, without the rewrites of `posemodels.export.passes`. Raises ExportError where the
    graph has unfolded batch norms or other inputs and outputs than asked for.
    """
    axes = {name: {0: BATCH_AXIS} for name in (*inputs, *outputs)}
    buffer = io.BytesIO()
    torch.onnx.register_custom_op_symbolic("aten::pad", _pad, OPSET)
    with warnings.catch_warnings(), torch.no_grad():
        # Sizes other than the batch are constants of the exported graph on purpose.
        warnings.simplefilter("ignore", torch.jit.TracerWarning)
        warnings.simplefilter("ignore", UserWarning)
        torch.onnx.export(
            copy.deepcopy(module).eval().float(),
            tuple(inputs.values()),
            buffer,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=OPSET,
            do_constant_folding=True,
        )
    model = onnx.load_from_string(buffer.getvalue())
    fold_batch_norms(model.graph)
    _fix_shapes(model.graph.output, outputs)
    if not plain:
        model = optimize(model)
    onnx.checker.check_model(model, full_check=True)
    _require_agreement(model, inputs, outputs)
    path.write_bytes(model.SerializeToString())
    return model


def fold_batch_norms(graph: onnx.GraphProto) -> None:
    """Multiplies each batch norm into the (transposed) convolution that alone feeds it, and removes it.

    A sum of convolutions may stand between: the norm's factor goes to each of them, its shift to the first.
    """
    _inline_shared_constants(graph)
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    makers = {name: node for node in graph.node for name in node.output}
    uses = [name for node in graph.node for name in node.input]
    for norm in [node for node in graph.node if node.op_type == "BatchNormalization"]:
        source = makers.get(norm.input[0])
        if source is None or uses.count(source.output[0]) != 1:
            continue
        terms = source.input if source.op_type == "Add" else source.output
        convs = [makers[name] for name in terms if name in makers and _is_foldable(makers[name], uses)]
        if len(convs) != len(terms):
            continue
        scale, shift, mean, variance = (constants[name] for name in norm.input[1:5])
        epsilon = next((attribute.f for attribute in norm.attribute if attribute.name == "epsilon"), 1e-5)
        factor = scale / np.sqrt(variance + np.float32(epsilon))
        for index, conv in enumerate(convs):
            weight = constants[conv.input[1]]
            along = [1] * weight.ndim
            along[_FOLDABLE[conv.op_type]] = -1
            bias = constants[conv.input[2]] if len(conv.input) > 2 else np.float32(0)
            bias = (bias - mean) * factor + shift if index == 0 else bias * factor
            # Under names of their own: another convolution may share the unfolded weight.
            folded = {
                f"{norm.output[0]}.weight{index or ''}": weight * factor.reshape(along),
                f"{norm.output[0]}.bias{index or ''}": bias,
            }
            graph.initializer.extend(numpy_helper.from_array(array, name) for name, array in folded.items())
            del conv.input[1:]
            conv.input.extend(folded)
        source.output[0] = norm.output[0]
        graph.node.remove(norm)
    used = {name for node in graph.node for name in node.input}
    for tensor in [tensor for tensor in graph.initializer if tensor.name not in used]:
        graph.initializer.remove(tensor)


def _inline_shared_constants(graph: onnx.GraphProto) -> None:
    """The exporter stores equal constants once and names the others by Identity nodes; reads go to the constant."""
    constants = {tensor.name for tensor in graph.initializer}
    aliases = [node for node in graph.node if node.op_type == "Identity" and node.input[0] in constants]
    stands_for = {node.output[0]: node.input[0] for node in aliases}
    for node in graph.node:
        for index, name in enumerate(node.input):
            node.input[index] = stands_for.get(name, name)
    for node in aliases:
        graph.node.remove(node)


def _is_foldable(node: onnx.NodeProto, uses: Sequence[str]) -> bool:
    """A convolution that only one node reads."""
    return node.op_type in _FOLDABLE and uses.count(node.output[0]) == 1 and not _is_grouped(node)


def _is_grouped(conv: onnx.NodeProto) -> bool:
    """A grouped transposed convolution counts its output channels per group."""
    return conv.op_type == "ConvTranspose" and any(item.name == "group" and item.i != 1 for item in conv.attribute)


def shape_of(value: onnx.ValueInfoProto) -> list[int | str]:
    """Sizes, with the name of an axis that varies in place of its size."""
    return [axis.dim_param or axis.dim_value for axis in value.type.tensor_type.shape.dim]


def _pad(graph: Any, tensor: Any, padding: Any, mode: Any, value: Any) -> Any:
    """`Pad` with constant sizes; the exporter's own computes them from the rank in a dozen nodes."""
    modes = {"reflect": "reflect", "replicate": "edge", "constant": "constant"}
    chosen = symbolic_helper._get_const(mode, "s", "mode")
    rank = symbolic_helper._get_tensor_rank(tensor)
    filled = None if symbolic_helper._is_none(value) else symbolic_helper._get_const(value, "f", "value")
    if chosen not in modes or rank is None or filled:
        return symbolic_opset11.pad(graph, tensor, padding, mode, value)
    sizes = symbolic_helper._get_const(padding, "is", "padding")
    # PyTorch lists the last axis first, each with its begin and end; ONNX all begins, then all ends.
    sides = [sizes[at : at + 2] for at in range(0, len(sizes), 2)][::-1]
    sides = [[0, 0]] * (rank - len(sides)) + sides
    pads = torch.tensor([begin for begin, _ in sides] + [end for _, end in sides])
    return graph.op("Pad", tensor, graph.op("Constant", value_t=pads), mode_s=modes[chosen])


def _fix_shapes(values: Sequence[onnx.ValueInfoProto], tensors: Mapping[str, Tensor]) -> None:
    for value in values:
        for axis, size in list(zip(value.type.tensor_type.shape.dim, tensors[value.name].shape))[1:]:
            axis.dim_value = size


def _require_agreement(model: onnx.ModelProto, inputs: Mapping[str, Tensor], outputs: Mapping[str, Tensor]) -> None:
    for values, tensors in ((model.graph.input, inputs), (model.graph.output, outputs)):
        found = {value.name: shape_of(value) for value in values}
        expected = {name: [BATCH_AXIS, *tensor.shape[1:]] for name, tensor in tensors.items()}
        if found != expected:
            raise ExportError(f"the graph has {found}, expected {expected}")
    left = [node.name for node in model.graph.node if node.op_type == "BatchNormalization"]
    if left:
        raise ExportError(f"batch norms that could not be folded: {', '.join(left)}")
