"""The same questions for every generator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from posemodels.architectures.blocks import attention
from posemodels.architectures.registry import GENERATORS, generator_architecture
from posemodels.errors import ConfigError, ExportError
from posemodels.export.generator import generator_spec
from posemodels.export.golden import read_golden
from posemodels.export.graph import ExportedGraph
from posemodels.export.manifest import ModelSpec
from posemodels.export.wrapper import export_model
from tests.generators import SIZES, TINY, example_inputs, tiny, variants

import onnx


def spec(name: str) -> ModelSpec:
    architecture = GENERATORS[name]
    return generator_spec(
        architecture.inputs(architecture.config(**TINY[name])),
        name=name,
        version="0.0.1",
        architecture=name,
        license="MIT",
        description="Small and random.",
        sigma=6.0,
    )


@pytest.mark.parametrize(("name", "changes"), variants(), ids=str)
class TestGenerator:
    @pytest.mark.parametrize("batch", [1, 3])
    def test_image_has_source_size_and_range(self, name: str, changes: dict[str, Any], batch: int) -> None:
        for size in SIZES[name]:
            image = tiny(name, **changes).eval()(**example_inputs(batch, size, name=name))
            assert image.shape == (batch, 3, *size)
            assert image.abs().max() <= 1

    def test_items_of_a_batch_do_not_touch_each_other(self, name: str, changes: dict[str, Any]) -> None:
        generator = tiny(name, **changes).eval()
        inputs = example_inputs(3, name=name)
        together = generator(**inputs)
        alone = generator(**{key: value[1:2] for key, value in inputs.items()})
        torch.testing.assert_close(together[1:2], alone, atol=1e-5, rtol=0)

    def test_wrong_input_is_refused_with_its_shape(self, name: str, changes: dict[str, Any]) -> None:
        generator = tiny(name, **changes)
        with pytest.raises(ValueError, match=r"source_image must be B x 3 .* got \(2, 3, 18, 12\)"):
            generator(
                **{key: value.new_zeros(2, value.shape[1], 18, 12) for key, value in example_inputs(name=name).items()}
            )
        for key, value in example_inputs(name=name).items():
            with pytest.raises(ValueError, match=f"{key} must be B x {value.shape[1]}"):
                generator(**(example_inputs(name=name) | {key: value[:, :-1]}))

    def test_gradient_reaches_every_parameter(self, name: str, changes: dict[str, Any]) -> None:
        generator = tiny(name, **changes)
        generator(**example_inputs(name=name)).square().mean().backward()
        assert [key for key, value in generator.named_parameters() if value.grad is None] == []

    def test_every_input_changes_the_image(self, name: str, changes: dict[str, Any]) -> None:
        generator = tiny(name, **changes).eval()
        inputs = example_inputs(name=name)
        image = generator(**inputs)
        for key, value in inputs.items():
            changed = generator(**(inputs | {key: value.flip(-1)}))
            assert (changed - image).abs().max() > 1e-3, key

    def test_exported_graph_gives_the_same_images_at_other_batch_sizes(
        self, name: str, changes: dict[str, Any], tmp_path: Path
    ) -> None:
        generator = tiny(name, **changes).eval()
        export_model(generator, example_inputs(2, name=name), spec(name), tmp_path)
        graph = ExportedGraph(tmp_path / "model.onnx")
        for batch in (1, 2, 5):
            inputs = example_inputs(batch, seed=batch, name=name)
            torch.testing.assert_close(graph(**inputs)[0], generator(**inputs), atol=1e-5, rtol=0)

    def test_manifest_agrees_with_the_graph(self, name: str, changes: dict[str, Any], tmp_path: Path) -> None:
        manifest = export_model(tiny(name, **changes), example_inputs(2, name=name), spec(name), tmp_path)
        model = onnx.load(str(tmp_path / "model.onnx"))
        for entries, values in ((manifest["inputs"], model.graph.input), (manifest["outputs"], model.graph.output)):
            graph_side = {
                value.name: [axis.dim_param or axis.dim_value for axis in value.type.tensor_type.shape.dim]
                for value in values
            }
            assert {entry["name"]: entry["shape"] for entry in entries} == graph_side
        assert [item.version for item in model.opset_import if item.domain == ""] == [manifest["opset"]]
        kinds = {node.op_type for node in model.graph.node}
        assert not kinds & {"BatchNormalization", "Dropout", "Shape"}

    def test_golden_pair_replays(self, name: str, changes: dict[str, Any], tmp_path: Path) -> None:
        manifest = export_model(tiny(name, **changes), example_inputs(2, name=name), spec(name), tmp_path)
        golden = {
            key: torch.from_numpy(value.copy()) for key, value in read_golden(manifest["golden"], tmp_path).items()
        }
        expected = golden.pop("image")
        found = ExportedGraph(tmp_path / "model.onnx")(**golden)[0]
        assert (found - expected).abs().max() < manifest["golden"]["tolerance"]


def test_attention_in_rows_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    generator, inputs = tiny("xinggan").eval(), example_inputs()
    with torch.no_grad():
        whole = generator(**inputs)
        monkeypatch.setattr(attention, "MAX_ENERGY_ELEMENTS", 40)
        torch.testing.assert_close(generator(**inputs), whole, atol=1e-6, rtol=0)


def test_unknown_generator_is_named() -> None:
    with pytest.raises(ConfigError, match="unknown generator 'pix2pix'; known: .*xinggan"):
        generator_architecture("pix2pix")


def test_export_refuses_other_inputs_than_described(tmp_path: Path) -> None:
    inputs = example_inputs()
    del inputs["target_pose"]
    with pytest.raises(ExportError, match="target_pose"):
        export_model(tiny("xinggan"), inputs, spec("xinggan"), tmp_path)
