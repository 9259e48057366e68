"""Every rewrite of an exported graph leaves its output as it was and does what it is for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import Tensor, nn

from posemodels.architectures.blocks.attention import attend
from posemodels.architectures.registry import GENERATORS
from posemodels.export.cost import graph_cost
from posemodels.export.graph import ExportedGraph
from posemodels.export.onnx import write_onnx
from posemodels.export.passes import attention_rows, doubling, optimize, winograd
from posemodels.export.passes.attention_rows import split_attention
from posemodels.export.passes.doubling import use_sub_pixel_convolutions
from posemodels.export.passes.editing import GraphEditor
from posemodels.export.passes.pointwise import use_ordinary_convolutions
from posemodels.export.passes.shared_channels import merge_shared_channels
from posemodels.export.passes.tiled_layout import use_tiled_layout
from tests.generators import example_inputs, tiny


def _exported(module: nn.Module, path: Path, *inputs: Tensor) -> onnx.ModelProto:
    named = {f"x{at}": tensor for at, tensor in enumerate(inputs)}
    with torch.no_grad():
        return write_onnx(module.eval(), named, {"y": module(*inputs)}, path, plain=True)


def _run(model: onnx.ModelProto, path: Path, *inputs: Tensor) -> Tensor:
    onnx.save(model, str(path))
    return ExportedGraph(path)(**{f"x{at}": tensor for at, tensor in enumerate(inputs)})[0]


def _operators(model: onnx.ModelProto) -> Counter[str]:
    return Counter(node.op_type for node in model.graph.node)


def _random(*shape: int, seed: int = 5) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("few_tiles", [0, 1000])
@pytest.mark.parametrize("padding", ["reflect", "zeros"])
def test_winograd_convolutions_equal_direct_ones(
    padding: str, few_tiles: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(winograd, "FEW_TILES", few_tiles)
    torch.manual_seed(1)
    module: nn.Module = nn.Sequential(
        *([nn.ReflectionPad2d(1)] if padding == "reflect" else []),
        nn.Conv2d(32, 48, 3, padding=0 if padding == "reflect" else 1),
        nn.ReLU(),
        nn.Conv2d(48, 40, 1),
    )
    image = _random(2, 32, 12, 8)
    editor = GraphEditor(_exported(module, tmp_path / "plain.onnx", image))
    use_tiled_layout(editor)
    made = editor.model()
    assert _operators(made)["Conv"] == 0
    for batch in (1, 3):
        image = _random(batch, 32, 12, 8, seed=batch)
        with torch.no_grad():
            torch.testing.assert_close(_run(made, tmp_path / "made.onnx", image), module(image), atol=1e-5, rtol=0)


def test_winograd_transforms_are_exact_in_their_definition() -> None:
    into, kernel, back = winograd.transforms()
    values, taps = np.random.default_rng(2).random(6), np.random.default_rng(3).random(3)
    expected = [values[at : at + 3] @ taps for at in range(4)]
    np.testing.assert_allclose(back @ ((kernel @ taps) * (into @ values)), expected, atol=1e-14)


class _Warp(nn.Module):
    """Looks by features, and takes pieces of the picture, which is in no tiled layout, to where they lead."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Conv2d(32, 32, 3, padding=1)
        self.look = nn.ModuleList(nn.Conv2d(32, 4, 1) for _ in range(2))
        self.cut = nn.Conv2d(3, 12, 2, stride=2)
        self.paste = nn.ConvTranspose2d(12, 3, 2, stride=2)

    def forward(self, features: Tensor, image: Tensor) -> Tensor:
        query, key = (look(self.features(features)).flatten(2) for look in self.look)
        weights = torch.matmul(query.transpose(1, 2), key).softmax(dim=-1)
        taken = torch.matmul(self.cut(image).reshape(-1, 12, 96), weights.transpose(1, 2))
        pasted: Tensor = self.paste(taken.reshape(-1, 12, 12, 8))
        return pasted


def test_what_attention_takes_from_elsewhere_is_reordered_rather_than_all_pairs(tmp_path: Path) -> None:
    torch.manual_seed(6)
    module, inputs = _Warp(), (_random(2, 32, 12, 8), _random(2, 3, 24, 16))
    editor = GraphEditor(_exported(module, tmp_path / "plain.onnx", *inputs))
    use_tiled_layout(editor)
    made = GraphEditor(editor.model())
    pairs = [node.op_type for node in made.nodes if made.shapes[node.output[0]] == (1, 96, 96)]
    assert pairs == ["MatMul", "Softmax"]
    with torch.no_grad():
        expected = module(*inputs)
    torch.testing.assert_close(_run(made.model(), tmp_path / "made.onnx", *inputs), expected, atol=1e-5, rtol=0)


@pytest.mark.parametrize("shape", [(2, 32, 10, 8), (2, 16, 12, 8)])
def test_maps_of_broken_tiles_or_few_channels_stay_as_they_are(shape: tuple[int, ...], tmp_path: Path) -> None:
    module = nn.Conv2d(shape[1], 48, 3, padding=1)
    editor = GraphEditor(_exported(module, tmp_path / "plain.onnx", torch.zeros(*shape)))
    use_tiled_layout(editor)
    assert _operators(editor.model()) == {"Conv": 1}


class _Attention(nn.Module):
    def __init__(self, turned: bool) -> None:
        super().__init__()
        self.turned = turned

    def forward(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        weights: Tensor = torch.matmul(query.transpose(1, 2), key).softmax(dim=-1)
        if self.turned:
            return torch.matmul(value, weights.transpose(1, 2))
        return torch.matmul(weights, value.transpose(1, 2)).transpose(1, 2)


@pytest.mark.parametrize("turned", [False, True])
def test_attention_in_shares_of_the_queries_is_the_same(
    turned: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attention_rows, "MAXIMUM_PAIRS", 100)
    inputs = [_random(2, channels, 30, seed=channels) for channels in (4, 4, 7)]
    plain = _exported(_Attention(turned), tmp_path / "plain.onnx", *inputs)
    editor = GraphEditor(plain)
    split_attention(editor)
    made = editor.model()
    assert _operators(made)["Softmax"] == 9
    expected = attend(*inputs)
    torch.testing.assert_close(_run(made, tmp_path / "made.onnx", *inputs), expected, atol=1e-6, rtol=0)


class _Twice(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.last = nn.ConvTranspose2d(3 * 4 + 5, 6, 3, stride=2)

    def forward(self, x0: Tensor, x1: Tensor) -> Tensor:
        once: Tensor = self.last(torch.cat([x0, torch.cat([x0, x1, x0], dim=1)], dim=1))
        return once


def test_channels_that_occur_more_than_once_are_read_once(tmp_path: Path) -> None:
    inputs = _random(2, 4, 6, 5), _random(2, 5, 6, 5, seed=6)
    module = _Twice()
    plain = _exported(module, tmp_path / "plain.onnx", *inputs)
    editor = GraphEditor(plain)
    merge_shared_channels(editor)
    made = editor.model()
    assert graph_cost(made).product_flops * (3 * 4 + 5) == graph_cost(plain).product_flops * (4 + 5)
    with torch.no_grad():
        torch.testing.assert_close(_run(made, tmp_path / "made.onnx", *inputs), module(*inputs), atol=1e-5, rtol=0)


def test_pointwise_transposed_convolutions_become_ordinary_ones(tmp_path: Path) -> None:
    torch.manual_seed(4)
    module, image = nn.ConvTranspose2d(4, 6, 1), _random(2, 4, 5, 3)
    editor = GraphEditor(_exported(module, tmp_path / "plain.onnx", image))
    use_ordinary_convolutions(editor)
    made = editor.model()
    assert _operators(made) == {"Conv": 1}
    with torch.no_grad():
        torch.testing.assert_close(_run(made, tmp_path / "made.onnx", image), module(image), atol=1e-6, rtol=0)


@pytest.mark.parametrize("rectified", [False, True])
def test_doubling_convolutions_become_ordinary_ones(
    rectified: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubling, "MINIMUM_CHANNELS", 4)
    torch.manual_seed(4)
    module: nn.Module = nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1, output_padding=1)
    module = nn.Sequential(module, nn.ReLU() if rectified else nn.Tanh())
    image = _random(2, 4, 5, 3)
    editor = GraphEditor(_exported(module, tmp_path / "plain.onnx", image))
    use_sub_pixel_convolutions(editor)
    made = editor.model()
    assert _operators(made) == {"Conv": 1, "DepthToSpace": 1, "Relu" if rectified else "Tanh": 1}
    with torch.no_grad():
        torch.testing.assert_close(_run(made, tmp_path / "made.onnx", image), module(image), atol=1e-6, rtol=0)


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_a_generator_wide_enough_is_computed_by_fewer_operations(name: str, tmp_path: Path) -> None:
    wide = {"rsa-gan": {"width": 8}, "scam": {"width": 16}}.get(name, {"width": 8})
    generator = tiny(name, **wide).eval()
    inputs = example_inputs(2, (64, 32), name=name)
    with torch.no_grad():
        expected = generator(*inputs.values())
        plain = write_onnx(generator, inputs, {"image": expected}, tmp_path / "plain.onnx", plain=True)
    editor = GraphEditor(optimize(plain))
    use_tiled_layout(editor)
    made = editor.model()
    onnx.save(made, str(tmp_path / "made.onnx"))
    found, as_plain = (ExportedGraph(tmp_path / file)(**inputs)[0] for file in ("made.onnx", "plain.onnx"))
    assert (found - as_plain).abs().max() < 1e-4
    if name == "xinggan":
        assert graph_cost(made).product_flops < 0.92 * graph_cost(plain).product_flops
