"""SCAM against the facts of its release, and its use: encode, generate, swap, transfer."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

import onnx

from posemodels.architectures.blocks import attention
from posemodels.architectures.scam.config import ScamConfig, TokenLayout
from posemodels.architectures.scam.discriminator import ScamDiscriminator, normalize_by_gradient
from posemodels.architectures.scam.generator import start_size
from posemodels.architectures.scam.scam import Scam, scam_inputs
from posemodels.errors import ConfigError
from posemodels.data.inputs import GeneratorInputs
from posemodels.evaluation.generator import ShippedGenerator
from posemodels.export.generator import generator_spec
from posemodels.export.golden import read_golden
from posemodels.export.graph import ExportedGraph
from posemodels.export.manifest import GRAPH_FILE
from posemodels.export.onnx import shape_of
from posemodels.export.scam import ENCODER_FILE, export_scam
from posemodels.training.losses import hinge_loss
from tests.generators import SIZES, example_inputs, tiny

SIZE = SIZES["scam"][0]


def scam(**changes: Any) -> Scam:
    network = tiny("scam", **changes).eval()
    assert isinstance(network, Scam)
    return network


def photo(seed: int, batch: int = 2) -> tuple[Tensor, Tensor]:
    """An image and its labels."""
    inputs = example_inputs(batch, name="scam", seed=seed)
    return inputs["source_image"], inputs["source_parsing"]


def noise(network: Scam, seed: int, batch: int = 2) -> Tensor:
    return network.draw_noise(batch, SIZE, torch.Generator().manual_seed(seed))


def export(network: Scam, folder: Path) -> dict[str, Any]:
    described = {"version": "0.0.1", "architecture": "scam", "license": "MIT", "description": "Small.", "sigma": 6.0}
    spec = generator_spec(scam_inputs(network.config), name="scam", **described)
    return export_scam(network, example_inputs(2, name="scam"), spec, folder)


@pytest.fixture(autouse=True)
def _no_gradients() -> Any:
    with torch.no_grad():
        yield


@pytest.mark.parametrize(
    ("labels", "generator", "encoder", "discriminator"),
    [(3, (78_991_186, 483), (12_301_632, 245), 5_535_618), (19, (80_711_506, 483), (14_169_408, 245), 5_568_386)],
)
def test_full_size_has_the_published_layout(
    labels: int, generator: tuple[int, int], encoder: tuple[int, int], discriminator: int
) -> None:
    network = Scam(ScamConfig(labels=labels))

    def counted(part: torch.nn.Module) -> tuple[int, int]:
        return sum(value.numel() for value in part.parameters()), len(part.state_dict())

    assert counted(network.generator) == generator
    assert counted(network.encoder) == encoder
    assert counted(ScamDiscriminator(labels)) == (discriminator, 20)


@pytest.mark.parametrize(
    ("size", "halvings", "start"),
    [((256, 170), 6, (3, 2)), ((256, 256), 6, (4, 4)), ((128, 85), 5, (3, 2)), ((128, 192), 5, (4, 3))],
)
def test_first_map_has_the_published_size(size: tuple[int, int], halvings: int, start: tuple[int, int]) -> None:
    assert start_size(size, halvings) == start


def test_size_without_room_for_the_halvings_is_refused() -> None:
    with pytest.raises(ValueError, match="31 x 15 is too small to be halved 4 times"):
        start_size((31, 15), 4)


def test_latents_are_shared_out_background_first() -> None:
    tokens = TokenLayout(labels=3, per_label=4, background=2)
    assert tokens.count == 10
    assert tokens.label_of_token().tolist() == [0, 0, 1, 1, 1, 1, 2, 2, 2, 2]
    assert [tokens.of_label(label) for label in range(3)] == [slice(0, 2), slice(2, 6), slice(6, 10)]
    with pytest.raises(ValueError, match=r"label must be in \[0, 3\), got 3"):
        tokens.of_label(3)


def test_same_seed_gives_the_same_image_and_another_seed_another() -> None:
    network = scam()
    image, labels = photo(1)
    first, again, other = (network.reconstruct(image, labels, noise(network, seed)) for seed in (4, 4, 5))
    assert torch.equal(first, again)
    assert (first - other).abs().max() > 1e-3


def test_no_noise_is_noise_of_zero() -> None:
    network = scam()
    image, labels = photo(1)
    zero = torch.zeros(2, network.noise_length(SIZE))
    assert torch.equal(network.reconstruct(image, labels), network.reconstruct(image, labels, zero))


def test_noise_is_drawn_column_by_column() -> None:
    network = scam()
    random = torch.Generator().manual_seed(6)
    maps = [
        torch.randn(2, width, height, 1, generator=random).transpose(1, 3)
        for height, width in network.generator.noise_sizes(SIZE).values()
    ]
    assert torch.equal(noise(network, 6), torch.cat([each.flatten(1) for each in maps], dim=1))


def test_swap_with_oneself_is_the_reconstruction() -> None:
    network = scam()
    image, labels = photo(1)
    drawn = noise(network, 1)
    assert torch.equal(network(image, labels, labels, drawn), network.reconstruct(image, labels, drawn))


def test_swap_takes_looks_from_one_and_layout_from_the_other() -> None:
    network = scam()
    (image_a, labels_a), (image_b, labels_b) = photo(1), photo(2)
    swapped = network(image_b, labels_b, labels_a)
    assert torch.equal(swapped, network.generate(network.encode(image_b, labels_b), labels_a))
    assert (swapped - network.reconstruct(image_a, labels_a)).abs().max() > 1e-3
    assert (swapped - network.reconstruct(image_b, labels_b)).abs().max() > 1e-3


def test_subject_transfer_keeps_the_scene_s_background_latents() -> None:
    network = scam()
    subject, scene = photo(1), photo(2)
    latents = network.combine(network.encode(*subject), network.encode(*scene))
    background = network.config.tokens.of_label(0)
    assert torch.equal(latents[:, background], network.encode(*scene)[:, background])
    assert torch.equal(latents[:, background.stop :], network.encode(*subject)[:, background.stop :])
    assert torch.equal(network.transfer_subject(*subject, *scene), network.generate(latents, scene[1]))
    assert torch.equal(network.transfer_subject(*scene, *scene), network.reconstruct(*scene))


def test_label_that_a_photo_lacks_gives_an_image() -> None:
    network = scam()
    image, labels = photo(1)
    labels = labels.clone()
    labels[:, 2] += labels[:, 1]
    labels[:, 1] = 0
    assert network.reconstruct(image, labels).isfinite().all()
    assert network(image, labels, photo(2)[1]).isfinite().all()


@pytest.mark.parametrize(
    "change", ["keys for values", "another norm of the latents", "noise left out", "mask left out"]
)
def test_a_wrong_variant_is_visible(change: str) -> None:
    network = scam()
    image, labels = photo(1)
    drawn = noise(network, 1)
    expected = network.reconstruct(image, labels, drawn)
    if change == "keys for values":
        for part in network.modules():
            if hasattr(part, "k_linear"):
                part.k_linear, part.v_linear = part.v_linear, part.k_linear
    elif change == "another norm of the latents":
        for part in network.modules():
            if isinstance(part, torch.nn.LayerNorm):
                dim = network.config.latent_dim
                part.forward = lambda x: torch.nn.functional.layer_norm(x, [dim])  # type: ignore[method-assign]
    elif change == "noise left out":
        drawn = torch.zeros_like(drawn)
    else:
        labels = torch.ones_like(labels)
    assert (network.reconstruct(image, labels, drawn) - expected).abs().max() > 1e-3


def test_attention_in_chunks_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    network = scam()
    image, labels = photo(1)
    whole = network.reconstruct(image, labels)
    monkeypatch.setattr(attention, "MAX_ENERGY_ELEMENTS", 5000)
    torch.testing.assert_close(network.reconstruct(image, labels), whole, atol=1e-5, rtol=0)


@pytest.mark.parametrize("changes", [{"attention": "duplex"}, {"noise": False}])
def test_exported_graphs_give_the_same_images_at_other_batch_sizes(changes: dict[str, Any], tmp_path: Path) -> None:
    network = scam(**changes)
    export(network, tmp_path)
    for name in (ENCODER_FILE, GRAPH_FILE):
        model = onnx.load(str(tmp_path / name))
        assert [item.version for item in model.opset_import if item.domain == ""] == [17]
        # Neither shape arithmetic nor position codes are left to the runtime.
        assert not {node.op_type for node in model.graph.node} & {"Shape", "ConstantOfShape", "Expand", "Sin", "Cos"}
    encoder, generator = (ExportedGraph(tmp_path / name) for name in (ENCODER_FILE, GRAPH_FILE))
    for batch in (1, 3):
        image, labels = photo(batch, batch)
        latents = encoder(source_image=image, source_parsing=labels)[0]
        torch.testing.assert_close(latents, network.encode(image, labels), atol=1e-5, rtol=0)
        drawn = {"noise": noise(network, batch, batch)} if network.config.noise else {}
        generated = generator(latents=latents, target_parsing=labels, **drawn)[0]
        expected = network.generate(latents, labels, *drawn.values())
        torch.testing.assert_close(generated, expected, atol=2e-5, rtol=0)


def test_manifest_describes_both_graphs_and_what_is_fed_to_them(tmp_path: Path) -> None:
    network = scam(background_latents=3)
    manifest = export(network, tmp_path)
    assert (manifest["height"], manifest["width"]) == SIZE
    encoder = manifest["encoder"]
    for described, name in ((encoder, ENCODER_FILE), (manifest, GRAPH_FILE)):
        assert described["file"] == name
        assert described["sha256"] == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        graph = onnx.load(str(tmp_path / name)).graph
        assert [entry["name"] for entry in described["inputs"]] == [value.name for value in graph.input]
        assert [entry["shape"] for entry in described["inputs"]] == [shape_of(value) for value in graph.input]
    assert [entry["role"] for entry in manifest["inputs"]] == ["latents", "targetParsing", "noise"]
    assert encoder["backgroundLatents"] == 3
    assert GeneratorInputs.of_manifest(manifest) == scam_inputs(network.config)


def test_golden_tensors_go_through_both_graphs(tmp_path: Path) -> None:
    golden = read_golden(export(scam(), tmp_path)["golden"], tmp_path)
    tensors = {name: torch.from_numpy(values.copy()) for name, values in golden.items()}
    photo_of = {name: tensors[name] for name in ("source_image", "source_parsing")}
    (latents,) = ExportedGraph(tmp_path / ENCODER_FILE)(**photo_of)
    torch.testing.assert_close(latents, tensors["latents"], atol=1e-5, rtol=0)
    fed = {name: tensors[name] for name in ("latents", "target_parsing", "noise")}
    (image,) = ExportedGraph(tmp_path / GRAPH_FILE)(**fed)
    torch.testing.assert_close(image, tensors["image"], atol=2e-5, rtol=0)


def test_model_folder_is_measured_without_noise(tmp_path: Path) -> None:
    network = scam()
    export(network, tmp_path)
    inputs = example_inputs(2, name="scam")
    painted = ShippedGenerator(tmp_path).paint(tuple(inputs.values()))
    torch.testing.assert_close(painted, network(**inputs), atol=2e-5, rtol=0)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"labels": 0}, "labels must be a whole number of at least 1, got 0"),
        ({"up_layers": 3}, "up_layers must be a whole number of at least 4, got 3"),
        ({"attention": "triplex"}, "attention must be 'duplex' or 'simplex', got 'triplex'"),
        ({"width": 6}, "width must be a multiple of 4, got 6"),
        ({"heads": 3}, "heads must divide the attention width 256, got 3"),
        ({"position_dim": 42}, "position_dim must be a multiple of 4, got 42"),
    ],
)
def test_impossible_sizes_are_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        ScamConfig(**values)


def test_number_of_labels_without_a_label_set_is_refused_as_inputs() -> None:
    with pytest.raises(ConfigError, match="label sets of 3, 4, 8 labels, not of 19"):
        scam_inputs(ScamConfig(labels=19))


@pytest.mark.parametrize("what", ["image", "labels", "labels of another size", "latents", "noise"])
def test_wrong_tensors_are_refused(what: str) -> None:
    network = scam()
    image, labels = photo(1)
    latents = network.encode(image, labels)
    with pytest.raises(ValueError, match=what.split(" ")[0]):
        if what == "image":
            network.encode(image[:, :2], labels)
        elif what == "labels":
            network.generate(latents, labels[:, :3])
        elif what == "labels of another size":
            network.encode(image, labels[:, :, :-4])
        elif what == "latents":
            network.generate(latents[:, 1:], labels)
        else:
            network.generate(latents, labels, noise(network, 1)[:, 1:])


class TestDiscriminator:
    def test_scores_have_the_published_sizes(self) -> None:
        network = ScamDiscriminator(3, width=2).eval()
        judged = network(torch.zeros(2, 3, 256, 170), torch.zeros(2, 3, 256, 170))
        assert [len(features) for features in judged] == [5, 5]
        assert [tuple(features[-1].shape) for features in judged] == [(2, 1, 35, 25), (2, 1, 19, 14)]

    def test_scores_are_gradient_normalised_in_training_alone(self) -> None:
        torch.manual_seed(0)
        network = ScamDiscriminator(3, width=2)
        image, labels = torch.randn(2, 3, 40, 32), torch.rand(2, 3, 40, 32)
        network.discriminators["discriminator_0"].model["last_conv"][0].bias += 100.0
        assert network.eval()(image, labels)[0][-1].min() > 1
        assert network.train()(image, labels)[0][-1].abs().max() <= 1

    def test_normalisation_divides_by_a_sample_s_gradient(self) -> None:
        given = torch.tensor([3.0, 4.0]).reshape(2, 1, 1, 1).expand(2, 1, 2, 2).clone()
        with torch.enable_grad():
            given.requires_grad_()
            normalized = normalize_by_gradient(given**2 / 2, given)
        # The gradient of x * x / 2 is x: length 2 x over four elements.
        expected = torch.tensor([4.5 / (6 + 4.5), 8 / (8 + 8)]).reshape(2, 1, 1, 1).expand(2, 1, 2, 2)
        torch.testing.assert_close(normalized, expected)

    def test_gradients_pass_through_the_normalisation_to_the_image(self) -> None:
        network = ScamDiscriminator(3, width=2)
        image = torch.randn(1, 3, 32, 32).requires_grad_()
        with torch.enable_grad():
            (-network(image, torch.rand(1, 3, 32, 32))[0][-1].mean()).backward()
        assert image.grad is not None and image.grad.abs().max() > 0
        assert all(weight.grad is not None for weight in network.discriminators["discriminator_0"].parameters())

    def test_hinge_loss_is_that_of_scores_on_the_wrong_side_of_one(self) -> None:
        loss = hinge_loss(torch.tensor([2.0, 0.5]), torch.tensor([-3.0, -0.5]))
        assert loss.item() == pytest.approx(0.25 + 0.25)
