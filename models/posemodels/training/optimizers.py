"""Optimisers by configuration, and what of them a checkpoint keeps."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from posemodels.training.config import OptimizerConfig
from posemodels.training.muon import Muon


def make_optimizer(module: nn.Module, config: OptimizerConfig) -> torch.optim.Optimizer:
    if config.method == "muon":
        return Muon(module.parameters(), config.learning_rate, betas=config.betas)
    return torch.optim.Adam(module.parameters(), config.learning_rate, betas=config.betas)


def learning_rate(config: OptimizerConfig, step: int, done: float) -> float:
    """Linear warm-up over steps, then constant, then half a cosine over the last part of the run.

    done: the fraction of all samples that have been seen.
    """
    warm = min(1.0, (step + 1) / max(1, config.warm_up_steps))
    decay = max(0.0, (min(1.0, done) - config.decay_from) / (1 - config.decay_from))
    cosine = 0.5 * (1 + math.cos(math.pi * decay))
    return config.learning_rate * warm * (config.final_fraction + (1 - config.final_fraction) * cosine)


def moments(optimizer: torch.optim.Optimizer) -> dict[int, dict[str, Tensor]]:
    """Running means and step counts; everything else comes from the configuration."""
    state: dict[int, dict[str, Tensor]] = optimizer.state_dict()["state"]
    return state


def load_moments(optimizer: torch.optim.Optimizer, state: dict[int, dict[str, Tensor]]) -> None:
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
