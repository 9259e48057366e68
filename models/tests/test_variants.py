"""Faster builds of a graph: quantized as 8-bit integers are defined, and written as the manifest wants."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import nn

from posemodels.__main__ import main
from posemodels.architectures.registry import GENERATORS
from posemodels.errors import ExportError
from posemodels.export.golden import read_golden
from posemodels.export.onnx import write_onnx
from posemodels.export.passes.editing import GraphEditor
from posemodels.export.passes.tiled_layout import use_tiled_layout
from posemodels.export.runtime import Session, library_path
from posemodels.export.variants.calibration import measure_ranges
from posemodels.export.variants.folder import ModelFolder, likeness, run
from posemodels.export.variants.inputs import held_out_inputs
from posemodels.export.variants.quantization import candidates, quantize
from posemodels.export.variants.search import quantize_alike
from tests.generators import TINY, example_inputs, tiny

pytestmark = pytest.mark.skipif(library_path() is None, reason="ONNX Runtime is not installed (dotnet restore)")


@pytest.fixture
def network(tmp_path: Path) -> onnx.ModelProto:
    """Two convolutions with mirrored borders, the first rectified, then one with a border of zeros, in [-1, 1]."""
    torch.manual_seed(3)
    module = nn.Sequential(
        nn.ReflectionPad2d(1),
        nn.Conv2d(3, 16, 3),
        nn.ReLU(),
        nn.ReflectionPad2d(1),
        nn.Conv2d(16, 16, 3, bias=False),
        nn.Conv2d(16, 3, 3, padding=1),
        nn.Tanh(),
    ).eval()
    image = torch.zeros(1, 3, 12, 8)
    with torch.no_grad():
        return write_onnx(module, {"x": image}, {"y": module(image)}, tmp_path / "network.onnx", plain=True)


def _images(seed: int) -> dict[str, np.ndarray]:
    return {"x": np.random.default_rng(seed).uniform(-1, 1, (2, 3, 12, 8)).astype(np.float32)}


def _ranges(model: onnx.ModelProto) -> dict[str, tuple[float, float]]:
    found = candidates(GraphEditor(model))
    names = {name for candidate in found for name in (candidate.source, candidate.result)}
    return measure_ranges(model, names, [_images(1), _images(2)])


def test_ranges_are_those_of_all_batches(network: onnx.ModelProto) -> None:
    ranges = _ranges(network)
    both = np.concatenate([_images(1)["x"], _images(2)["x"]])
    assert ranges["x"] == (both.min(), both.max())
    assert len(ranges) == 4 and all(low < high for low, high in ranges.values())


def test_quantized_convolutions_take_padding_and_rectifier_in(network: onnx.ModelProto) -> None:
    found = candidates(GraphEditor(network))
    made = quantize(network, {candidate.output for candidate in found}, _ranges(network))
    operators = [node.op_type for node in made.graph.node]
    assert operators == ["QuantizeLinear", "Pad", "QLinearConv", "Pad", "QLinearConv", "QLinearConv"] + [
        "DequantizeLinear",
        "Tanh",
    ]
    images = _images(4)
    psnr = likeness(run(network, ["y"], images), run(made, ["y"], images))
    assert 35 < psnr < 80, psnr
    some = quantize(network, {found[0].output}, _ranges(network))
    assert likeness(run(network, ["y"], images), run(some, ["y"], images)) > psnr


def test_search_keeps_what_was_asked_for(network: onnx.ModelProto) -> None:
    calibration = [_images(1), _images(2)]
    everything = quantize_alike(network, ["y"], calibration, _images(4), minimum_psnr=20)
    assert (everything.quantized, everything.share) == (3, 1.0)
    nothing = quantize_alike(network, ["y"], calibration, _images(4), minimum_psnr=150)
    assert (nothing.quantized, nothing.share) == (0, 0.0)
    some = quantize_alike(network, ["y"], calibration, _images(4), minimum_psnr=everything.psnr + 0.1)
    assert 0 < some.quantized < 3 and some.psnr > everything.psnr


def test_likeness_is_the_psnr_of_images(network: onnx.ModelProto) -> None:
    black = [np.full((2, 3, 4, 4), -1, np.float32)]
    assert likeness(black, [-black[0]]) == pytest.approx(0)
    assert likeness(black, [black[0] + 0.02]) == pytest.approx(40, abs=1e-3)


def _random_model(folder: Path, architecture: str) -> Path:
    network = {"width": 8, "blocks": 1, "candidates": 1} if architecture == "xinggan" else TINY[architecture]
    arguments = ["--architecture", architecture, "--network", json.dumps(network), "--size", "32x32", "--threads", "1"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.stdin", io.StringIO(""))
        assert main(["time", *arguments, "--output", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("architecture", ["xinggan", "scam"])
def test_the_command_writes_what_the_manifest_says(architecture: str, tmp_path: Path) -> None:
    folder = _random_model(tmp_path / "random", architecture)
    exact = {path.name: path.read_bytes() for path in folder.glob("*.onnx")}
    for _ in range(2):
        assert main(["variants", "--folder", str(folder), "--pairs", "1", "--psnr", "30"]) == 0
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert [entry["name"] for entry in manifest["variants"]] == ["int8", "winograd"]
    for entry in manifest["variants"]:
        assert entry["sha256"] == hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest()
    integers, winograd = manifest["variants"]
    assert integers["requires"] == ["avx512_vnni|avx_vnni"] and winograd["requires"] == []
    assert 25 < integers["psnrAgainstFp32"] < 60 and winograd["psnrAgainstFp32"] > 90
    assert {name: (folder / name).read_bytes() for name in exact} == exact
    assert "QLinearConv" in {node.op_type for node in onnx.load(str(folder / integers["file"])).graph.node}
    assert main(["variants", "--folder", str(tmp_path)]) == 2


def test_a_second_graph_is_fed_latents_of_its_own_encoder_and_noise(tmp_path: Path) -> None:
    folder = ModelFolder(_random_model(tmp_path / "random", "scam"))
    fed = held_out_inputs(folder, 2, first=0)
    # The golden pair are the same two people, as PyTorch encoded them.
    golden = read_golden(folder.manifest["golden"], folder.folder)
    assert list(fed) == [entry["name"] for entry in folder.manifest["inputs"]]
    np.testing.assert_allclose(fed["latents"], golden["latents"], atol=1e-4)
    np.testing.assert_array_equal(fed["target_parsing"], golden["target_parsing"])
    assert fed["noise"].shape == golden["noise"].shape and 0.9 < fed["noise"].std() < 1.1
    np.testing.assert_array_equal(held_out_inputs(folder, 2, first=0)["noise"], fed["noise"])
    assert (held_out_inputs(folder, 2, first=2)["latents"] != fed["latents"]).any()


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_every_generator_gives_on_the_runtime_what_it_gives_in_pytorch(name: str, tmp_path: Path) -> None:
    generator, inputs = tiny(name).eval(), example_inputs(2, (64, 48), name=name)
    with torch.no_grad():
        expected = generator(*inputs.values())
        exact = write_onnx(generator, inputs, {"image": expected}, tmp_path / "exact.onnx")
    editor = GraphEditor(exact)
    use_tiled_layout(editor)
    fed = {value.name: inputs[value.name].numpy() for value in exact.graph.input}
    for model in (exact, editor.model()):
        np.testing.assert_allclose(run(model, ["image"], fed)[0], expected, atol=1e-4)


def test_a_graph_that_the_runtime_refuses_is_an_error(network: onnx.ModelProto) -> None:
    with pytest.raises(ExportError, match="ONNX Runtime"):
        Session(b"no graph", ["y"])
    with Session(network.SerializeToString(), ["y"]) as session, pytest.raises(ExportError, match="ONNX Runtime"):
        session.run({"other": np.zeros((1, 3, 12, 8), np.float32)})
