"""Running average of a network's weights, with batch norm statistics estimated anew for the average."""

from __future__ import annotations

import copy
from collections.abc import Iterable

import torch
from torch import Tensor, nn


class WeightAverage:
    """Exponential moving average of a module's parameters. Early steps count more, so the start is soon forgotten."""

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.module = copy.deepcopy(module).eval().requires_grad_(False)
        self.decay = decay

    @torch.no_grad()
    def update(self, module: nn.Module, step: int) -> None:
        decay = min(self.decay, (1 + step) / (10 + step))
        for average, value in zip(self.module.parameters(), module.parameters()):
            average.lerp_(value, 1 - decay)


@torch.no_grad()
def estimate_norm_statistics(module: nn.Module, batches: Iterable[tuple[Tensor, ...]]) -> None:
    """Sets every batch norm's running statistics to the mean over the batches.

    Averaged weights make other activations than any of the networks they come from.
    """
    norms = [part for part in module.modules() if isinstance(part, nn.BatchNorm2d)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # type: ignore[assignment]  # cumulative mean
        norm.train()
    for inputs in batches:
        module(*inputs)
    for norm, momentum in zip(norms, momenta):
        norm.momentum = momentum
        norm.eval()
