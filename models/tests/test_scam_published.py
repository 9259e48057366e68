"""SCAMs made elsewhere: training dumps, and parity cases."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from posemodels.__main__ import main
from posemodels.architectures.scam.config import ScamConfig
from posemodels.architectures.scam.published import config_of_weights, weights_of_checkpoint
from posemodels.architectures.scam.scam import Scam
from posemodels.errors import CheckpointError
from posemodels.export.generator import restore_generator
from posemodels.export.scam import restore_scam
from posemodels.training.checkpoint import read_checkpoint
from tests.generators import TINY, example_inputs, tiny


class _Callback:
    """Stands for a training framework's own object."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (os.environ["ATTACK_FOLDER"],)


def dump(**changes: Any) -> dict[str, Any]:
    """What a training run leaves: more networks than ours, floats, objects."""
    state = dict(tiny("scam", **changes).state_dict())
    state["discriminator.discriminators.discriminator_0.model.conv_0.0.bias"] = torch.zeros(4)
    state["loss_computer_gen.losses.perceptual_loss.vgg.vgg_slice_1.0.bias"] = torch.zeros(4)
    state["train_reco_fid.feature_extractor.fc.bias"] = torch.zeros(4)
    return {
        "epoch": 3,
        "state_dict": state,
        "optimizer_states": [{"param_groups": [{"lr": 1e-4, "betas": (0.9, 0.999)}]}],
        "callbacks": {"ModelCheckpoint": _Callback()},
        "hyper_parameters": torch.nn.Linear(2, 2),
    }


@pytest.mark.parametrize("zipped", [True, False])
def test_training_dump_becomes_the_same_network_and_runs_nothing(
    zipped: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "attacked"
    monkeypatch.setenv("ATTACK_FOLDER", str(folder))
    path = tmp_path / "last.ckpt"
    torch.save(dump(heads=1, encoder_cross_heads=1), path, _use_new_zipfile_serialization=zipped)
    restored = restore_generator(path, "scam").module
    inputs = example_inputs(name="scam")
    expected = tiny("scam", heads=1, encoder_cross_heads=1).eval()
    with torch.no_grad():
        torch.testing.assert_close(restored(**inputs), expected(**inputs), atol=0, rtol=0)
    assert not folder.exists()


def test_weights_of_labels_unlike_ours_are_restored(tmp_path: Path) -> None:
    network = tiny("scam", labels=19, heads=1, encoder_cross_heads=1).eval()
    torch.save(network.state_dict(), tmp_path / "net.pth", _use_new_zipfile_serialization=False)
    restored = restore_scam(tmp_path / "net.pth")
    labels = torch.nn.functional.one_hot(torch.arange(32 * 32).reshape(1, 32, 32) % 19, 19).permute(0, 3, 1, 2).float()
    image = torch.zeros(1, 3, 32, 32)
    with torch.no_grad():
        assert torch.equal(restored.reconstruct(image, labels), network.reconstruct(image, labels))


@pytest.mark.parametrize("cut", [10, 3000])
@pytest.mark.parametrize("zipped", [True, False])
def test_cut_dump_is_refused(cut: int, zipped: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTACK_FOLDER", str(tmp_path / "attacked"))
    path = tmp_path / "last.ckpt"
    torch.save(dump(), path, _use_new_zipfile_serialization=zipped)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(CheckpointError):
        read_checkpoint(path, other_objects=True)


def test_other_objects_are_refused_where_none_are_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTACK_FOLDER", str(tmp_path / "attacked"))
    torch.save(dump(), tmp_path / "last.ckpt")
    with pytest.raises(CheckpointError, match="not a readable checkpoint"):
        read_checkpoint(tmp_path / "last.ckpt")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"labels": 2, "latents_per_label": 5, "background_latents": 7},
        {"attention": "simplex", "noise": False, "up_layers": 6, "encoder_blocks": 1},
        {"heads": 4, "encoder_cross_heads": 4, "encoder_self_heads": 4, "latent_dim": 5, "attention_dim": 12},
    ],
)
def test_sizes_are_read_off_the_weights(changes: dict[str, Any]) -> None:
    heads = changes.get("heads", 1)
    same_heads = {"heads": heads, "encoder_cross_heads": heads, "encoder_self_heads": heads}
    config = ScamConfig(**(TINY["scam"] | same_heads | changes))
    state = Scam(config).state_dict()
    found = config_of_weights(weights_of_checkpoint(state), heads)
    # Without a second level there is no trace of its width.
    expected = {**vars(config), "encoder_width": 16} if config.encoder_blocks == 1 else vars(config)
    assert vars(found) == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"model.x": torch.zeros(1)}, "no key begins with 'generator.'"),
        ({"generator.first_conv.weight": torch.zeros(1)}, "no key begins with 'encoder.'"),
        ({"state_dict": 3}, "state_dict must be a dictionary, found int"),
        ({"generator.x": torch.zeros(1), "encoder.x": "y"}, "weights must be tensors; not: encoder.x"),
    ],
)
def test_content_of_something_else_is_refused(content: dict[str, Any], message: str) -> None:
    with pytest.raises(CheckpointError, match=message):
        weights_of_checkpoint(content)


def test_weights_of_something_else_are_named() -> None:
    with pytest.raises(CheckpointError, match="not a SCAM checkpoint: it has no generator.first_conv.weight"):
        config_of_weights({"encoder.latents": torch.zeros(1)})


def settings_of(config: ScamConfig, batch: int, height: int, width: int) -> dict[str, Any]:
    return {
        "model": "SCAM encoder (SAT) + generator",
        "height": height,
        "width": width,
        "batch": batch,
        "generator": {
            "num_filters_last_layer": config.width,
            "num_up_layers": config.up_layers,
            "num_labels": config.labels,
            "style_dim": config.latent_dim,
            "attention_latent_dim": config.attention_dim,
            "num_heads": config.heads,
            "num_labels_split": config.latents_per_label,
            "num_labels_bg": config.background_latents,
            "attention_type": config.attention,
            "add_noise": config.noise,
            "height": height,
            "width": width,
        },
        "encoder": {
            "positional_embedding_dim": config.position_dim,
            "num_labels": config.labels,
            "num_latent_per_labels": config.latents_per_label,
            "num_latents_bg": config.background_latents,
            "latent_dim": config.latent_dim,
            "num_blocks": config.encoder_blocks,
            "attention_latent_dim": config.encoder_attention_dim,
            "num_cross_heads": config.encoder_cross_heads,
            "num_self_heads": config.encoder_self_heads,
            "conv_features_dim_first": config.encoder_width,
        },
        "suggested_tolerance_max_abs": {"image": 1e-5, "style_codes": 1e-5},
    }


def make_case(folder: Path, changes: dict[str, Any] | None = None, arrays: dict[str, Any] | None = None) -> Path:
    """A case that our own network recorded; `arrays` replace or, as None, remove entries."""
    network = tiny("scam").eval()
    assert isinstance(network, Scam)
    inputs = example_inputs(name="scam")
    image, labels = inputs["source_image"], inputs["source_parsing"]
    size = int(image.shape[2]), int(image.shape[3])
    drawn = network.draw_noise(2, size, torch.Generator().manual_seed(1))
    content: dict[str, Any] = {f"state/{key}": value.numpy() for key, value in network.state_dict().items()}
    content |= {"input/image": image.numpy(), "input/segmentation": labels.numpy()}
    first = 0
    for name, (height, width) in network.generator.noise_sizes(size).items():
        part = drawn[:, first : first + height * width]
        content[f"noise/generator.{name}"] = part.reshape(2, 1, height, width).numpy()
        first += height * width

    def trace(name: str, tensor: torch.Tensor) -> None:
        content[f"mid/{name}"] = tensor[:1].numpy()

    with torch.no_grad():
        latents = network.encode(image, labels, trace)
        content["output/style_codes"] = latents.numpy()
        content["output/image"] = network.generate(latents, labels, drawn, trace).numpy()
        content["output/image_swapped"] = network.generate(latents[[1, 0]], labels, drawn).numpy()
    content |= arrays or {}
    path = folder / "case.npz"
    np.savez(path, **{key: value for key, value in content.items() if value is not None})
    settings = settings_of(network.config, 2, *size) | (changes or {})
    path.with_suffix(".json").write_text(json.dumps(settings), encoding="utf-8")
    return path


def test_case_of_our_own_passes_with_every_intermediate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parity", str(make_case(tmp_path))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 2 * TINY["scam"]["encoder_blocks"] + 1 + 7 * TINY["scam"]["up_layers"] + 3
    assert all("max_abs_error=" in line and "tolerance=" in line for line in lines[1:])


@pytest.mark.parametrize("name", ["output/image", "output/image_swapped", "output/style_codes", "mid/gen/block0/rgb"])
def test_difference_fails_and_is_named(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = make_case(tmp_path)
    with np.load(path) as archive:
        arrays = {key: archive[key] for key in archive.files}
    arrays[name] = arrays[name] + np.float32(1e-3)
    np.savez(path, **arrays)
    assert main(["parity", str(path)]) == 1
    failed = [line for line in capsys.readouterr().out.splitlines() if "FAILED" in line]
    assert len(failed) == 1 and failed[0].startswith(name)


NOISE = "noise/generator.backbone.SCAM_block_0.mod_0"


@pytest.mark.parametrize(
    ("changes", "arrays", "message"),
    [
        ({"generator": {"num_labels": 4}}, {}, "the settings do not say 'style_dim'"),
        ({}, {NOISE: None}, f"noise maps do not match: {NOISE}"),
        ({}, {NOISE: np.zeros((2, 1, 9, 9), np.float32)}, "mod_0 is (2, 1, 9, 9), expected B x 1 x 2 x 2"),
        ({}, {"input/segmentation": None}, "the case has no input segmentation"),
        ({}, {"state/encoder.latents": None}, "missing: encoder.latents"),
        ({}, {"state/generator.extra": np.zeros(1, np.float32)}, "unexpected: generator.extra"),
        ({"height": 99}, {}, "the generator's height is 44, that of the case 99"),
    ],
)
def test_case_that_cannot_run_says_why(
    changes: dict[str, Any],
    arrays: dict[str, Any],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["parity", str(make_case(tmp_path, changes, arrays))]) == 2
    assert message in capsys.readouterr().err
