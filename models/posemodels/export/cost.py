"""What one run of a graph computes: multiplications and additions by operator, and the parameters it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import prod

import onnx

from posemodels.errors import ExportError
from posemodels.export.shapes import Shape, infer_shapes

Cost = Callable[[onnx.NodeProto, list[Shape], Shape], int]


@dataclass
class OperatorCost:
    """All nodes of one operator together."""

    nodes: int = 0
    product_flops: int = 0
    """Of convolutions and matrix products: two a multiply-add, one multiplication and one addition."""
    elementwise_flops: int = 0
    """Of everything else, one an element and step; see `_STEPS`."""


@dataclass
class GraphCost:
    """Cost of one run at the shapes that were asked for."""

    parameters: int
    """Elements of the stored constants that are no indices."""
    operators: dict[str, OperatorCost] = field(default_factory=dict)

    @property
    def product_flops(self) -> int:
        return sum(cost.product_flops for cost in self.operators.values())

    @property
    def elementwise_flops(self) -> int:
        return sum(cost.elementwise_flops for cost in self.operators.values())


def graph_cost(model: onnx.ModelProto, shapes: Mapping[str, Shape] | None = None, batch: int = 1) -> GraphCost:
    """Counts a run; `shapes` and `batch` as for `infer_shapes`. Moving data and what constants give cost nothing here.

    Raises ExportError for an operator whose cost is not known.
    """
    known = infer_shapes(model, shapes, batch)
    indices = (onnx.TensorProto.INT64, onnx.TensorProto.BOOL)
    stored = [tensor for tensor in model.graph.initializer if tensor.data_type not in indices]
    cost = GraphCost(parameters=sum(prod(tensor.dims) for tensor in stored))
    constant = {tensor.name for tensor in model.graph.initializer}
    for node in model.graph.node:
        if all(name in constant for name in node.input):
            # A runtime computes it once, when it loads the graph.
            constant.update(node.output)
            continue
        taken = [known[name] for name in node.input if name]
        operator = cost.operators.setdefault(node.op_type, OperatorCost())
        operator.nodes += 1
        if node.op_type in _PRODUCTS:
            operator.product_flops += _PRODUCTS[node.op_type](node, taken, known[node.output[0]])
        elif node.op_type in _STEPS:
            # A reduction reads more than it makes.
            elements = max(prod(shape) for shape in (*taken, known[node.output[0]]))
            operator.elementwise_flops += _STEPS[node.op_type] * elements
        elif node.op_type not in _MOVES:
            raise ExportError(f"the cost of {node.op_type} is not known")
    return cost


def _convolution(weight: int) -> Cost:
    """The weight's position among the inputs; it is laid out outputs x inputs of a group x kernel."""
    return lambda _, taken, made: 2 * prod(made) * prod(taken[weight][1:])


def _transposed_convolution(_: onnx.NodeProto, taken: list[Shape], __: Shape) -> int:
    return 2 * prod(taken[0]) * prod(taken[1][1:])


def _matrix_product(_: onnx.NodeProto, taken: list[Shape], made: Shape) -> int:
    return 2 * prod(made) * taken[0][-1]


def _gemm(node: onnx.NodeProto, taken: list[Shape], made: Shape) -> int:
    transposed = any(item.name == "transA" and item.i for item in node.attribute)
    return 2 * prod(made) * taken[0][0 if transposed else 1]


_PRODUCTS: dict[str, Cost] = {
    "Conv": _convolution(1),
    "ConvTranspose": _transposed_convolution,
    "Gemm": _gemm,
    "MatMul": _matrix_product,
    "QLinearConv": _convolution(3),
    "QLinearMatMul": _matrix_product,
}

_STEPS: dict[str, int] = {
    **dict.fromkeys(("Add", "Sub", "Mul", "Div", "Max", "Min", "Pow", "Sqrt", "Exp", "Log", "Erf", "Tanh"), 1),
    **dict.fromkeys(("Relu", "LeakyRelu", "Sigmoid", "Clip", "Abs", "Neg", "Reciprocal"), 1),
    **dict.fromkeys(("Equal", "Greater", "Less", "Where", "Not", "And", "Or"), 1),
    **dict.fromkeys(("ReduceMean", "ReduceSum", "ReduceMax", "AveragePool", "MaxPool", "GlobalAveragePool"), 1),
    # A multiplication and a shift.
    **dict.fromkeys(("QuantizeLinear", "DequantizeLinear", "BatchNormalization"), 2),
    # Four neighbours, weighted and added.
    "GridSample": 8,
    # Maximum, subtraction, power, sum and division.
    "Softmax": 5,
    # Mean, subtraction, square, mean, division, scale and shift.
    **dict.fromkeys(("InstanceNormalization", "LayerNormalization"), 7),
}
"""Steps an element; each counts as one operation, whatever it takes."""

_MOVES = frozenset(
    "Cast Concat Constant ConstantOfShape DepthToSpace Expand Flatten Gather Identity Pad Reshape Resize Shape Slice "
    "SpaceToDepth Split Squeeze Tile Transpose Unsqueeze".split()
)
