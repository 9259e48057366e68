"""A tiny data set of drawn stick people, and tiny runs on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from posemodels.training.config import StageConfig, TrainingConfig, parse_training_config
from tests.flow_transfer.conftest import stick_pairs

STAGE = StageConfig(samples=6, height=32, width=24, batch=2, sigma=2.0)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stick_pairs(tmp_path_factory.mktemp("pairs"))


def config(architecture: str, network: dict[str, Any], **changes: Any) -> TrainingConfig:
    """A run of six pairs."""
    content: dict[str, Any] = {
        "architecture": architecture,
        "network": network,
        "objective": "reconstruction" if architecture == "scam" else "transfer",
        "stages": [vars(STAGE)],
        "data": {"pairs": "rendered"},
        "optimizer": {"warm_up_steps": 1},
        "run": {"seed": 5, "threads": 1, "evaluation_pairs": 2},
    }
    return parse_training_config(content | changes)
