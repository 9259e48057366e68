"""The exported graph against the module."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from posemodels.export.cost import graph_cost
from posemodels.export.flow_transfer import INPUTS, OUTPUTS, flow_transfer_spec
from posemodels.export.graph import ExportedGraph
from posemodels.export.onnx import write_onnx
from posemodels.export.half_storage import store_half
from posemodels.export.runtime import Session, library_path
from tests.flow_transfer.tiny import generator, inputs

NAMES = [tensor.name for tensor in OUTPUTS]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "model.onnx"
    network, given = generator(), inputs(2)
    with torch.no_grad():
        outputs = network(*given.values())
    write_onnx(network, given, dict(zip(NAMES, outputs)), path)
    return path


@pytest.mark.skipif(library_path() is None, reason="ONNX Runtime is not installed")
@pytest.mark.parametrize("halved", [False, True])
def test_the_graph_computes_what_the_module_computes_at_any_batch(graph: Path, halved: bool) -> None:
    network = generator()
    model = onnx.load(str(graph))
    content = (store_half(model) if halved else model).SerializeToString()
    with Session(content, NAMES) as session:
        for batch in (1, 3):
            given = inputs(batch, seed=batch)
            with torch.no_grad():
                expected = network(*given.values())
            found = session.run({name: tensor.numpy() for name, tensor in given.items()})
            for name, one, other in zip(NAMES, found, expected):
                np.testing.assert_allclose(one, other.numpy(), atol=2e-2 if halved else 1e-3, err_msg=name)


def test_halves_keep_the_graph_valid_and_make_it_smaller(graph: Path) -> None:
    model = onnx.load(str(graph))
    halved = store_half(model)
    onnx.checker.check_model(halved, full_check=True)
    assert halved.ByteSize() < model.ByteSize()
    assert any(tensor.data_type == onnx.TensorProto.FLOAT16 for tensor in halved.graph.initializer)


def test_the_manifest_names_what_goes_in_and_comes_out() -> None:
    spec = flow_transfer_spec("flow-transfer", "0.1.0")
    assert [tensor.role for tensor in INPUTS] == ["sourceImage", "sourcePose", "sourceParsing", "targetPose"]
    assert [tensor.role for tensor in spec.outputs] == ["generatedImage", "flow", "visibility", "targetParsing"]
    assert spec.labels is not None and spec.labels[8] == "accessory"


def test_the_graph_runs_without_a_runtime_too_and_its_cost_is_known(graph: Path) -> None:
    given = inputs(2)
    with torch.no_grad():
        expected = generator()(*given.values())
    for name, one, other in zip(NAMES, ExportedGraph(graph)(**given), expected):
        torch.testing.assert_close(one, other, atol=1e-3, rtol=0, msg=name)
    assert graph_cost(onnx.load(str(graph))).product_flops > 0
