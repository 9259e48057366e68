"""What a run trains."""

from __future__ import annotations

from typing import Any, Protocol

from torch import Tensor, nn


class Task(Protocol):
    """One network and how it is judged. What happens at a step depends on the seed and the step alone."""

    network: nn.Module

    def loss(self, step: int) -> tuple[Tensor, dict[str, float]]:
        """The loss of one batch and its parts."""
        ...

    def after_step(self, step: int) -> dict[str, float]:
        """Trains what is trained beside the network, such as a discriminator; figures about it."""
        ...

    def measure(self, network: nn.Module) -> dict[str, float]:
        """Figures of a network in evaluation mode on held-out pairs."""
        ...

    def state(self) -> dict[str, Any] | None:
        """Of what is trained beside the network, for a checkpoint."""
        ...

    def load(self, state: dict[str, Any] | None) -> None:
        ...
