"""Optimisers by configuration, and what of them a checkpoint keeps."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from posemodels.training.config import OptimizerConfig
from posemodels.training.muon import Muon


def make_optimizer(module: nn.Module, config: OptimizerConfig) -> torch.optim.Optimizer:
    if config.method == "muon":
        return Muon(module.parameters(), config.learning_rate, betas=config.betas)
    return torch.optim.Adam(module.parameters(), config.learning_rate, betas=config.betas)


def moments(optimizer: torch.optim.Optimizer) -> dict[int, dict[str, Tensor]]:
    """Running means and step counts; everything else comes from the configuration."""
    state: dict[int, dict[str, Tensor]] = optimizer.state_dict()["state"]
    return state


def load_moments(optimizer: torch.optim.Optimizer, state: dict[int, dict[str, Tensor]]) -> None:
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
