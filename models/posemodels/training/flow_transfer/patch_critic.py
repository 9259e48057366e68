"""A light critic of patches: tells true pictures from painted ones (hinge loss, after SPADE, Park et al., 2019).

Tensor names end in the letters of their axes: B batch, L labels, H and W height and width.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils import spectral_norm

from posemodels.architectures.flow_transfer.config import LABELS
from posemodels.training.checkpoint import load_weights
from posemodels.training.optimizers import load_moments, moments

_COLORS = 3
_WIDTHS = (32, 64, 96)
_BETAS = (0.0, 0.99)
_RATE = 4e-4


class PatchCritic:
    """The network, its optimiser, and both sides' losses."""

    def __init__(self) -> None:
        layers: list[nn.Module] = []
        inputs = _COLORS + len(LABELS)
        for width in _WIDTHS:
            layers += [spectral_norm(nn.Conv2d(inputs, width, 4, 2, 1)), nn.LeakyReLU(0.2)]
            inputs = width
        self.network = nn.Sequential(*layers, spectral_norm(nn.Conv2d(inputs, 1, 3, 1, 1)))
        self._optimizer = torch.optim.Adam(self.network.parameters(), _RATE, betas=_BETAS)

    def painters_loss(self, painted: Tensor, labels_BLHW: Tensor) -> Tensor:
        """What the painter is to make small."""
        return -self.network(torch.cat([painted, labels_BLHW], dim=1)).mean()

    def learn(self, painted: Tensor, true: Tensor, labels_BLHW: Tensor) -> float:
        """One step of its own; returns its loss."""
        on_true, on_painted = (
            self.network(torch.cat([image.detach(), labels_BLHW], dim=1)) for image in (true, painted)
        )
        loss = (1 - on_true).relu().mean() + (1 + on_painted).relu().mean()
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self._optimizer.step()
        return float(loss.item())

    def state(self) -> dict[str, Any]:
        """For a checkpoint."""
        return {"network": self.network.state_dict(), "optimizer": moments(self._optimizer)}

    def load(self, state: dict[str, Any]) -> None:
        load_weights(self.network, state["network"])
        load_moments(self._optimizer, state["optimizer"])
