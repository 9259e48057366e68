"""RSA-GAN's own loss terms on known cases, and their place in the training loop."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F

from posemodels.architectures.rsa_gan.config import RsaGanConfig
from posemodels.architectures.rsa_gan.losses import RsaLoss
from posemodels.data.dataset import PairBatch, held_out_pairs
from posemodels.data.labels import EIGHT_LABELS
from posemodels.errors import ConfigError
from posemodels.training.config import TrainingConfig, parse_training_config
from posemodels.training.trainer import Trainer
from tests.generators import TINY

LOSS = RsaLoss(RsaGanConfig())


@pytest.fixture
def batch() -> PairBatch:
    return held_out_pairs(2, (32, 24), sigma=2.0)


def test_terms_of_absent_parts_are_left_out(batch: PairBatch) -> None:
    assert LOSS({}, batch) == {}


def test_scores_are_judged_by_the_target_of_every_block(batch: PairBatch) -> None:
    truth = EIGHT_LABELS.one_hot(batch.target_labels)[:, :, 2::4, 2::4]
    certain, undecided = truth * 30, torch.zeros_like(truth)
    assert LOSS({"scores0": certain}, batch)["parsing"].item() == pytest.approx(0.0, abs=1e-5)
    both = LOSS({"scores0": certain, "scores1": undecided}, batch)["parsing"].item()
    assert both == pytest.approx(math.log(8), abs=1e-4)


def test_warped_image_is_judged_by_the_small_target(batch: PairBatch) -> None:
    coarse = F.avg_pool2d(batch.target_image, 8)
    assert LOSS({"warped_image": coarse}, batch)["correspondence"].item() == 0.0
    assert LOSS({"warped_image": coarse + 0.5}, batch)["correspondence"].item() == pytest.approx(0.5)


def test_regions_are_held_near_the_parsing_map(batch: PairBatch) -> None:
    truth = EIGHT_LABELS.one_hot(batch.source_labels)[:, :, 2::4, 2::4]
    even = torch.full_like(truth, 1 / 8)
    assert LOSS({"regions": truth}, batch)["closeness"].item() == 0.0
    assert LOSS({"regions": even}, batch)["closeness"].item() == pytest.approx(math.log(8), abs=1e-5)


def test_joints_ask_for_a_region_that_owns_them(batch: PairBatch) -> None:
    """One wrist alone: arms own it, legs do not."""
    wrist = torch.full((2, 18, 2), -1.0)
    wrist[:, 4] = torch.tensor([9.0, 13.0])
    batch = replace(batch, source_keypoints=wrist)
    regions = torch.full((2, 8, 8, 6), 1e-9)
    regions[:, 6] = 1.0
    regions[:, 6, 3, 2], regions[:, 5, 3, 2] = 0.25, 0.75
    assert LOSS({"regions": regions}, batch)["agreement"].item() == pytest.approx(-math.log(0.75), abs=1e-5)
    nobody = replace(batch, source_keypoints=torch.full((2, 18, 2), -1.0))
    assert LOSS({"regions": regions}, nobody)["agreement"].item() == 0.0


def config(**changes: Any) -> TrainingConfig:
    content: dict[str, Any] = {
        "architecture": "rsa-gan",
        "network": TINY["rsa-gan"],
        "initialization": "kaiming",
        "attention_gain": 0.5,
        "stages": [{"samples": 8, "height": 32, "width": 24, "batch": 2, "sigma": 2.0}],
        "data": {"poses": 2, "window": 2},
        "optimizer": {"method": "muon", "learning_rate": 5e-3, "warm_up_steps": 1},
        "run": {"seed": 5, "threads": 1, "evaluation_pairs": 2},
    }
    return parse_training_config(content | changes)


@pytest.mark.parametrize("adversarial", [0.0, 0.1])
def test_resumed_run_repeats_the_losses_of_an_uninterrupted_one(adversarial: float, tmp_path: Path) -> None:
    settings = config(loss={"adversarial": adversarial})
    straight = Trainer(settings, tmp_path / "straight")
    expected = [straight.train_step() for _ in range(3)]
    assert {"parsing", "correspondence", "agreement", "closeness"} <= set(expected[0])
    assert all(math.isfinite(value) for step in expected for value in step.values())

    first = Trainer(settings, tmp_path / "resumed")
    found = [first.train_step() for _ in range(2)]
    first.save()
    second = Trainer(settings, tmp_path / "resumed")
    assert second.resume()
    found.append(second.train_step())
    assert found == expected


def test_every_term_moves_what_it_judges(tmp_path: Path) -> None:
    """With nothing but its own terms, the generator's matching and regions still learn."""
    bare = {"pixel": 0.0, "perceptual": "none"}
    trainer = Trainer(config(loss=bare), tmp_path)
    before = {name: value.clone() for name, value in trainer.generator.state_dict().items()}
    trainer.train_step()
    after = trainer.generator.state_dict()
    for name in ("correspondence.query.weight", "refinement.shift.weight", "integration.0.attention.pose_bias.weight"):
        assert not torch.equal(before[name], after[name]), name


def test_weights_of_terms_are_configured_by_name(tmp_path: Path) -> None:
    without = Trainer(config(loss={"auxiliary": {name: 0.0 for name in RsaLoss.weights}}), tmp_path).train_step()
    given = Trainer(config(), tmp_path).train_step()
    own = sum(RsaLoss.weights[name] * given[name] for name in RsaLoss.weights)
    assert given["loss"] - without["loss"] == pytest.approx(own, abs=1e-4)
    with pytest.raises(ConfigError, match="unknown auxiliary loss: depth; known: parsing, correspondence"):
        Trainer(config(loss={"auxiliary": {"depth": 1.0}}), tmp_path)
    with pytest.raises(ConfigError, match="auxiliary parsing must not be negative"):
        config(loss={"auxiliary": {"parsing": -1.0}})
