"""Reading of checkpoints made elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import torch

from posemodels.errors import CheckpointError
from posemodels.export.generator import restore_generator
from posemodels.training.checkpoint import load_weights, published_weights, read_checkpoint, write_checkpoint
from tests.generators import example_inputs, tiny


def published(norm: str = "batch") -> dict[str, torch.Tensor]:
    return {f"model.{key}": value for key, value in tiny("xinggan", norm=norm).state_dict().items()}


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("norm", ["batch", "instance"])
def test_published_file_becomes_the_same_network(zipped: bool, norm: str, tmp_path: Path) -> None:
    path = tmp_path / "latest_net_netG.pth"
    torch.save(published(norm), path, _use_new_zipfile_serialization=zipped)
    restored = restore_generator(path).module
    inputs = example_inputs()
    torch.testing.assert_close(restored(**inputs), tiny("xinggan", norm=norm).eval()(**inputs), atol=0, rtol=0)


def test_running_statistics_of_instance_norms_are_ignored() -> None:
    weights = published_weights(published("instance"))
    weights["stream1_down.2.running_mean"] = torch.zeros(4)
    weights["stream1_down.2.running_var"] = torch.ones(4)
    load_weights(tiny("xinggan", norm="instance"), weights)


def test_step_counts_of_batch_norms_may_be_absent() -> None:
    weights = {key: value for key, value in published_weights(published()).items() if "num_batches" not in key}
    load_weights(tiny("xinggan"), weights)


def _drop(weights: dict[str, Any]) -> None:
    del weights["att.1.gamma"]


def _add(weights: dict[str, Any]) -> None:
    weights["att.7.gamma"] = torch.zeros(1)


def _reshape(weights: dict[str, Any]) -> None:
    weights["att.1.gamma"] = torch.zeros(2)


def _spoil(weights: dict[str, Any]) -> None:
    weights["att.1.gamma"] = torch.tensor([float("nan")])


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_drop, r"missing: att.1.gamma"),
        (_add, r"unexpected: att.7.gamma"),
        (_reshape, r"wrong shape: att.1.gamma is \(2,\) where the network has \(1,\)"),
        (_spoil, r"not finite: att.1.gamma"),
    ],
)
def test_weights_that_do_not_fit_are_named_and_nothing_is_loaded(damage: Any, message: str) -> None:
    weights = {
        key: value + 1 if value.is_floating_point() else value for key, value in tiny("xinggan").state_dict().items()
    }
    damage(weights)
    generator = tiny("xinggan")
    before = {key: value.clone() for key, value in generator.state_dict().items()}
    with pytest.raises(CheckpointError, match=message):
        load_weights(generator, weights)
    assert all(torch.equal(before[key], value) for key, value in generator.state_dict().items())


def test_keys_without_the_prefix_are_refused() -> None:
    with pytest.raises(CheckpointError, match="begins with 'model.'"):
        published_weights({"module.model.x": torch.zeros(1)})


class _Attack:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (os.environ["ATTACK_FOLDER"],)


@pytest.mark.parametrize("zipped", [True, False])
def test_code_in_a_file_is_not_run(zipped: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "attacked"
    monkeypatch.setenv("ATTACK_FOLDER", str(folder))
    path = tmp_path / "attack.pth"
    torch.save({"model.x": _Attack()}, path, _use_new_zipfile_serialization=zipped)
    with pytest.raises(CheckpointError, match="not a readable checkpoint"):
        read_checkpoint(path)
    assert not folder.exists()


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", b"PK\x03\x04", b"\x80\x02}q\x00."[:4]])
def test_damaged_files_are_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "damaged.pth"
    path.write_bytes(content)
    with pytest.raises(CheckpointError):
        read_checkpoint(path)


def test_truncated_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.pth"
    torch.save(published(), path, _use_new_zipfile_serialization=False)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(CheckpointError):
        read_checkpoint(path)


def test_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="absent.pth: no such file"):
        read_checkpoint(tmp_path / "absent.pth")


def test_writing_replaces_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "run" / "latest.pt"
    write_checkpoint({"x": torch.zeros(1)}, path)
    write_checkpoint({"x": torch.ones(1)}, path)
    assert read_checkpoint(path)["x"].item() == 1
    assert [file.name for file in path.parent.iterdir()] == ["latest.pt"]
