"""What a training step learns from a pair, and the adversary that goes with a generator laid out by labels."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from posemodels.data.dataset import held_out_pairs
from posemodels.errors import ConfigError
from posemodels.training.adversaries import LayoutAdversary
from posemodels.training.config import TrainingConfig, parse_training_config, read_training_config
from posemodels.training.objectives import OBJECTIVES
from posemodels.training.trainer import Trainer
from tests.generators import TINY

CONFIGS = Path(__file__).resolve().parents[1] / "configs"


def config(**changes: Any) -> TrainingConfig:
    content: dict[str, Any] = {
        "architecture": "scam",
        "network": TINY["scam"],
        "objective": "reconstruction",
        "stages": [{"samples": 6, "height": 48, "width": 36, "batch": 2, "sigma": 2.0}],
        "data": {"poses": 2, "window": 2},
        "loss": {"adversarial": 1.0, "foreground": 0.0},
        "optimizer": {"warm_up_steps": 1},
        "run": {"seed": 5, "threads": 1, "evaluation_pairs": 2},
    }
    return parse_training_config(content | changes)


def test_reconstruction_makes_the_target_its_own_source() -> None:
    batch = replace(held_out_pairs(1, (32, 24), 2.0), target_known=torch.rand(1, 32, 24) < 0.5)
    pairs = vars(OBJECTIVES["reconstruction"](batch))
    for name, tensor in pairs.items():
        target = getattr(batch, name.replace("source_", "target_"))
        assert torch.equal(tensor, target), name
    assert OBJECTIVES["transfer"](batch) is batch


def test_resumed_scam_repeats_the_losses_of_an_uninterrupted_one(tmp_path: Path) -> None:
    straight = Trainer(config(), tmp_path / "straight")
    assert isinstance(straight.adversary, LayoutAdversary)
    expected = [straight.train_step() for _ in range(3)]
    first = Trainer(config(), tmp_path / "resumed")
    found = [first.train_step() for _ in range(2)]
    first.save()
    second = Trainer(config(), tmp_path / "resumed")
    assert second.resume()
    found.append(second.train_step())
    assert found == expected
    assert {"pixel", "adversarial", "discriminators"} <= set(found[0])


def test_unknown_objective_is_refused() -> None:
    with pytest.raises(ConfigError, match="objective must be 'transfer' or 'reconstruction', got 'copy'"):
        config(objective="copy")


def test_shipped_configuration_is_valid() -> None:
    settings = read_training_config(CONFIGS / "scam.toml")
    assert (settings.architecture, settings.objective) == ("scam", "reconstruction")
