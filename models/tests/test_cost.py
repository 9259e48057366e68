"""Costs of graphs whose arithmetic can be counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from posemodels.__main__ import main
from posemodels.errors import ExportError
from posemodels.export.cost import graph_cost


def _graph(
    operator: str,
    constants: dict[str, np.ndarray],
    shape: list[Any],
    second: list[Any] | None = None,
    **attributes: Any,
) -> onnx.ModelProto:
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)]
    if second is not None:
        inputs.append(helper.make_tensor_value_info("y", TensorProto.FLOAT, second))
    node = helper.make_node(operator, [*(item.name for item in inputs), *constants], ["z"], **attributes)
    output = helper.make_tensor_value_info("z", TensorProto.FLOAT, None)
    stored = [numpy_helper.from_array(array, name) for name, array in constants.items()]
    graph = helper.make_graph([node], "one", inputs, [output], stored)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])


def _zeros(*shape: int) -> np.ndarray:
    return np.zeros(shape, np.float32)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        # 2 * outputs * inputs * taps * positions
        (_graph("Conv", {"w": _zeros(5, 3, 3, 3)}, ["n", 3, 8, 6], pads=[1] * 4), 2 * 5 * 3 * 9 * 48),
        (_graph("Conv", {"w": _zeros(6, 2, 3, 3)}, ["n", 4, 8, 6], pads=[1] * 4, group=2), 2 * 6 * 2 * 9 * 48),
        (_graph("Conv", {"w": _zeros(5, 3, 3, 3)}, ["n", 3, 8, 6], pads=[1] * 4, strides=[2, 2]), 2 * 5 * 3 * 9 * 12),
        # A transposed convolution spreads every input position over all taps.
        (_graph("ConvTranspose", {"w": _zeros(3, 5, 3, 3)}, ["n", 3, 8, 6], strides=[2, 2]), 2 * 3 * 5 * 9 * 48),
        (_graph("MatMul", {}, ["n", 4, 7], ["n", 7, 9]), 2 * 4 * 7 * 9),
        (_graph("Gemm", {"w": _zeros(9, 7)}, ["n", 7], transB=1), 2 * 7 * 9),
    ],
)
def test_products_are_counted_in_closed_form(model: onnx.ModelProto, expected: int) -> None:
    for batch in (1, 3):
        cost = graph_cost(model, batch=batch)
        assert (cost.product_flops, cost.elementwise_flops) == (batch * expected, 0)


def test_elementwise_work_and_parameters_are_counted_apart() -> None:
    cost = graph_cost(_graph("Mul", {"w": _zeros(3, 1, 1)}, ["n", 3, 8, 6]))
    assert (cost.product_flops, cost.elementwise_flops, cost.parameters) == (0, 3 * 48, 3)
    softmax = graph_cost(_graph("Softmax", {}, ["n", 3, 8, 6], axis=1))
    assert softmax.operators["Softmax"].elementwise_flops == 5 * 3 * 48


def test_shapes_of_inputs_can_be_given() -> None:
    model = _graph("MatMul", {}, ["n", "rows", 7], ["n", 7, 9])
    assert graph_cost(model, {"x": (1, 6, 7)}).product_flops == 2 * 6 * 7 * 9


@pytest.mark.parametrize("shapes", [{"x": (1, 6, 8)}, {"x": (6, 7)}, {"other": (1,)}, {"x": (1, 0, 7)}])
def test_shapes_that_do_not_fit_are_refused(shapes: dict[str, tuple[int, ...]]) -> None:
    with pytest.raises(ExportError):
        graph_cost(_graph("MatMul", {}, ["n", "rows", 7], ["n", 7, 9]), shapes)


def test_an_operator_of_unknown_cost_is_refused() -> None:
    with pytest.raises(ExportError, match="Sin"):
        graph_cost(_graph("Sin", {}, ["n", 3]))


def test_the_command_prints_what_was_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "model.onnx"
    onnx.save(_graph("MatMul", {}, ["n", 4, 7], ["n", 7, 9]), str(path))
    assert main(["flops", str(path), "--json", "--shape", "x=2x4x7", "--shape", "y=2x7x9"]) == 0
    assert json.loads(capsys.readouterr().out)["product_flops"] == 2 * 2 * 4 * 7 * 9
    assert main(["flops", str(path)]) == 0
    assert "MatMul" in capsys.readouterr().out
    assert main(["flops", str(path), "--shape", "x=2,4"]) == 2
    assert main(["flops", str(tmp_path / "absent.onnx")]) == 2
