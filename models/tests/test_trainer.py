"""The training loop: resuming, averaging, configuration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from posemodels.architectures.registry import GENERATORS
from posemodels.errors import CheckpointError, ConfigError
from posemodels.training.config import TrainingConfig, parse_training_config, read_training_config
from posemodels.training.ema import WeightAverage, estimate_norm_statistics
from posemodels.training.trainer import Trainer

CONFIGS = Path(__file__).resolve().parents[1] / "configs"


def config(**changes: Any) -> TrainingConfig:
    content: dict[str, Any] = {
        "architecture": "xinggan",
        "network": {"width": 2, "blocks": 1, "candidates": 1, "dropout": 0.5},
        "initialization": "kaiming",
        "attention_gain": 0.5,
        "stages": [
            {"samples": 4, "height": 32, "width": 24, "batch": 2, "sigma": 2.0},
            {"samples": 4, "height": 48, "width": 32, "batch": 2, "sigma": 3.0},
        ],
        "data": {"poses": 2, "window": 2},
        "optimizer": {"warm_up_steps": 1},
        "run": {"seed": 5, "threads": 1, "evaluation_pairs": 2},
    }
    return parse_training_config(content | changes)


@pytest.mark.parametrize("adversarial", [0.0, 0.1])
def test_resumed_run_repeats_the_losses_of_an_uninterrupted_one(adversarial: float, tmp_path: Path) -> None:
    settings = config(loss={"adversarial": adversarial})
    straight = Trainer(settings, tmp_path / "straight")
    expected = [straight.train_step() for _ in range(4)]

    first = Trainer(settings, tmp_path / "resumed")
    found = [first.train_step() for _ in range(2)]
    first.save()
    second = Trainer(settings, tmp_path / "resumed")
    assert second.resume()
    found += [second.train_step() for _ in range(2)]

    assert second.finished
    if adversarial:
        # The pool of past fakes starts empty again; what the generator is trained on is the same.
        expected, found = [step["pixel"] for step in expected[:3]], [step["pixel"] for step in found[:3]]
    assert found == expected


def test_run_leaves_log_sheet_and_checkpoint(tmp_path: Path) -> None:
    Trainer(config(), tmp_path).train()
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines[-1]["kind"] == "evaluate" and lines[-1]["samples"] == 8
    assert {"ratio", "ssim", "l1", "psnr"} <= set(lines[-1])
    assert (tmp_path / "sheets" / "00000008.png").exists()
    assert Trainer(config(), tmp_path).resume()


def test_nothing_to_resume_is_a_fresh_start(tmp_path: Path) -> None:
    assert not Trainer(config(), tmp_path).resume()


def test_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    Trainer(config(), tmp_path).save()
    other = config(network={"width": 4, "blocks": 1, "candidates": 1})
    with pytest.raises(CheckpointError, match="of another network"):
        Trainer(other, tmp_path).resume()


def test_learning_rate_warms_up_and_decays_to_the_final_fraction(tmp_path: Path) -> None:
    rates = {"learning_rate": 1e-3, "warm_up_steps": 10, "decay_from": 0.5, "final_fraction": 0.1}
    trainer = Trainer(config(optimizer=rates), tmp_path)
    assert trainer.learning_rate() == pytest.approx(1e-4)
    trainer.step, trainer.samples = 10, 4
    assert trainer.learning_rate() == pytest.approx(1e-3)
    trainer.samples = 8
    assert trainer.learning_rate() == pytest.approx(1e-4)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stages": []}, "at least one stage"),
        ({"stages": [{"samples": 1, "height": 30, "width": 24, "batch": 1, "sigma": 1.0}]}, "multiples of 4"),
        ({"loss": {"pixels": 1.0}}, "unknown name in loss: pixels"),
        ({"loss": {"gradient": -1.0}}, "gradient must not be negative, got -1.0"),
        ({"optimizer": {"decay_from": 1.0}}, "decay_from must be in"),
        ({"data": {"poses": 1}}, "poses must be at least 2"),
        ({"run": {"threads": 0}}, "threads must be positive, got 0"),
        ({"initialization": "zero"}, "initialization must be"),
    ],
)
def test_impossible_configuration_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        config(**changes)


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_shipped_configuration_is_valid(name: str) -> None:
    path = CONFIGS / f"{name}.toml"
    if not path.exists():
        pytest.skip(f"{name} has no configuration of its own")
    settings = read_training_config(path)
    assert settings.architecture == name
    GENERATORS[name].config(**settings.network)
    assert parse_training_config(json.loads(json.dumps(settings.as_dict()))) == settings


def test_unreadable_configuration_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("stages = [", encoding="utf-8")
    with pytest.raises(ConfigError, match="broken.toml"):
        read_training_config(path)


def test_average_follows_and_its_norm_statistics_are_its_own() -> None:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(1, 1, 1), nn.BatchNorm2d(1))
    average = WeightAverage(network, decay=0.5)
    with torch.no_grad():
        network[0].weight.fill_(3.0)
        network[0].bias.fill_(1.0)
    for step in range(100, 140):
        average.update(network, step)
    torch.testing.assert_close(average.module[0].weight, network[0].weight)
    inputs = [(torch.full((2, 1, 4, 4), value),) for value in (1.0, 2.0)]
    estimate_norm_statistics(average.module, inputs)
    assert average.module[1].running_mean.item() == pytest.approx((4.0 + 7.0) / 2, abs=1e-5)
    assert not average.module.training
