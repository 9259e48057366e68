"""Shapes of all that flows through a graph."""

from __future__ import annotations

from collections.abc import Mapping

import onnx

from posemodels.errors import ExportError

Shape = tuple[int, ...]


def infer_shapes(model: onnx.ModelProto, inputs: Mapping[str, Shape] | None = None, batch: int = 1) -> dict[str, Shape]:
    """Name of every value, constants included, to its shape. Raises ExportError where one cannot be inferred.

    inputs: shapes of graph inputs; those left out are as declared, with `batch` for every axis that varies.
    """
    sized = onnx.ModelProto()
    sized.CopyFrom(model)
    given = dict(inputs or {})
    for value in sized.graph.input:
        axes = value.type.tensor_type.shape.dim
        declared = tuple(axis.dim_value or batch for axis in axes)
        shape = given.pop(value.name, declared)
        fits = len(shape) == len(axes) and all(axis.dim_value in (0, size) for axis, size in zip(axes, shape))
        if not fits or min(shape) < 1:
            raise ExportError(f"input {value.name} is {_text(declared)}, which {_text(shape)} does not fit")
        for axis, size in zip(axes, shape):
            axis.dim_value = size
    if given:
        raise ExportError(f"the graph has no input {', '.join(sorted(given))}")
    for value in sized.graph.output:
        # What is declared of the outputs names axes that the inputs now fix.
        value.type.tensor_type.ClearField("shape")
    del sized.graph.value_info[:]
    try:
        graph = onnx.shape_inference.infer_shapes(sized, strict_mode=True, data_prop=True).graph
    except (onnx.shape_inference.InferenceError, RuntimeError) as error:
        raise ExportError(f"shapes cannot be inferred: {error}") from error
    shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    for value in (*graph.input, *graph.value_info, *graph.output):
        axes = value.type.tensor_type.shape.dim
        if all(axis.HasField("dim_value") for axis in axes):
            shapes[value.name] = tuple(axis.dim_value for axis in axes)
    for node in graph.node:
        for name in node.output:
            if name and name not in shapes:
                raise ExportError(f"the shape of {name}, which {node.op_type} makes, cannot be inferred")
    return shapes


def parse_shape(text: str) -> tuple[str, Shape]:
    """`source_image=1x3x128x96` to the name and the sizes. Raises ExportError."""
    name, _, sizes = text.partition("=")
    try:
        shape = tuple(int(size) for size in sizes.split("x"))
    except ValueError as error:
        raise ExportError(f"a shape is NAME=1x3x128x96, not {text!r}") from error
    return name, shape


def _text(shape: Shape) -> str:
    return "x".join(map(str, shape))
