"""Runs can be stopped at any step."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from posemodels.errors import CheckpointError, ConfigError
from posemodels.training.flow_transfer.color import ColorTask
from posemodels.training.flow_transfer.config import COLOR, GEOMETRY, FlowTransferTraining
from posemodels.training.flow_transfer.geometry import GeometryTask
from posemodels.training.flow_transfer.restored import restore
from posemodels.training.flow_transfer.run import FlowTransferRun
from tests.flow_transfer.tiny import TINY


def config(kind: str, samples: int = 12, adversarial: float = 0.0) -> FlowTransferTraining:
    return FlowTransferTraining.parse(
        {
            "kind": kind,
            "samples": samples,
            "batch": 2,
            "network": vars(TINY),
            "loss": {"perceptual": 0.0, "adversarial": adversarial},
            "optimizer": {"warm_up_steps": 1},
            "run": {"bfloat16": False, "threads": 1, "evaluation_pairs": 2},
        }
    )


def geometry_run(data: Path, folder: Path) -> FlowTransferRun:
    settings = config(GEOMETRY)
    return FlowTransferRun(settings, GeometryTask(settings, data / "train", data / "held-out"), folder)


def test_a_resumed_run_has_the_losses_of_one_that_was_never_stopped(data: Path, tmp_path: Path) -> None:
    whole = geometry_run(data, tmp_path / "whole")
    losses = [whole.train_step()["loss"] for _ in range(4)]

    first = geometry_run(data, tmp_path / "stopped")
    for _ in range(2):
        first.train_step()
    first.save()
    second = geometry_run(data, tmp_path / "stopped")
    assert second.resume() and second.samples == 4

    assert [second.train_step()["loss"] for _ in range(2)] == pytest.approx(losses[2:], rel=1e-4)


def test_geometry_learns_something(data: Path, tmp_path: Path) -> None:
    run = geometry_run(data, tmp_path)
    losses = []
    for _ in range(12):
        # The same pairs again and again.
        run.step = 0
        losses.append(run.train_step()["loss"])
    assert losses[-1] < 0.9 * losses[0]


def test_colours_are_trained_on_top_of_a_run_of_geometry(data: Path, tmp_path: Path) -> None:
    below = geometry_run(data, tmp_path / "geometry")
    below.train_step()
    below.save()
    settings = config(COLOR)
    task = ColorTask(settings, data / "train", data / "held-out", tmp_path / "geometry")
    run = FlowTransferRun(settings, task, tmp_path / "color")

    before = {name: value.clone() for name, value in task.network.state_dict().items()}
    figures = run.train_step()
    measured = run.evaluate()
    run.save()

    assert figures["pixel"] > 0 and set(measured) >= {"psnr", "psnr_of_warp", "sharpness"}
    assert any(not torch.equal(value, before[name]) for name, value in task.network.state_dict().items())
    assert restore(tmp_path / "color", COLOR).progress["samples"] == 2


def test_a_critic_may_join_a_run_and_is_kept_in_its_checkpoint(data: Path, tmp_path: Path) -> None:
    geometry_run(data, tmp_path / "geometry").save()

    def color_run(adversarial: float) -> FlowTransferRun:
        settings = config(COLOR, adversarial=adversarial)
        task = ColorTask(settings, data / "train", data / "held-out", tmp_path / "geometry")
        return FlowTransferRun(settings, task, tmp_path / "color")

    color_run(0.0).save()
    joined = color_run(0.1)
    assert joined.resume()
    assert joined.train_step()["critic"] > 0
    joined.save()

    again = color_run(0.1)
    assert again.resume()
    kept, wanted = again.task.state(), joined.task.state()
    assert kept is not None and wanted is not None
    assert all(torch.equal(value, wanted["network"][name]) for name, value in kept["network"].items())


def test_a_run_of_another_kind_is_refused(data: Path, tmp_path: Path) -> None:
    geometry_run(data, tmp_path).save()
    with pytest.raises(CheckpointError, match="flow-geometry, not flow-color"):
        restore(tmp_path, COLOR)


def test_a_run_of_another_network_is_refused(data: Path, tmp_path: Path) -> None:
    geometry_run(data, tmp_path).save()
    other = FlowTransferTraining.parse({"kind": GEOMETRY, "samples": 2, "network": vars(TINY) | {"fine": 5}})
    run = FlowTransferRun(other, GeometryTask(other, data / "train", data / "held-out"), tmp_path)
    with pytest.raises(CheckpointError, match="another network"):
        run.resume()


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ConfigError, match="speed"):
        FlowTransferTraining.parse({"kind": GEOMETRY, "samples": 1, "speed": 3})
