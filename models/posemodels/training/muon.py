"""Muon (Jordan et al., 2024): momentum whose direction is orthogonalised, one weight matrix at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn

_QUINTIC = (3.4445, -4.7750, 2.0315)
_ITERATIONS = 5
_RMS_OF_ADAM = 0.2
_EPSILON = 1e-8


class Muon(torch.optim.Optimizer):
    """Muon for weights of two and more dimensions, Adam for everything else (biases, norms, gains).

    A weight's first dimension is its matrix's rows, all others together its columns. Orthogonal updates are scaled to
    the root mean square that Adam's usually have, so that one learning rate serves both.
    """

    def __init__(
        self,
        parameters: Iterable[nn.Parameter],
        learning_rate: float,
        momentum: float = 0.95,
        betas: tuple[float, float] = (0.9, 0.99),
    ) -> None:
        """
        :param momentum: share of the past in the running mean of gradients, looked ahead as Nesterov does.
        :param betas: Adam's shares of the past in the running means of gradients and of their squares.
        """
        super().__init__(parameters, {"lr": learning_rate, "momentum": momentum, "betas": betas})

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> None:  # type: ignore[override]
        """Changes every parameter that has a gradient; closures are not supported."""
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                change = self._orthogonal_step if parameter.ndim >= 2 else self._adam_step
                change(parameter, self.state[parameter], group)

    @staticmethod
    def _orthogonal_step(parameter: nn.Parameter, state: dict[str, Any], group: dict[str, Any]) -> None:
        gradient = parameter.grad
        assert gradient is not None
        mean: Tensor = state.setdefault("mean", torch.zeros_like(gradient))
        mean.lerp_(gradient, 1 - group["momentum"])
        ahead = gradient.lerp(mean, group["momentum"]).flatten(1)
        update = orthogonalised(ahead).reshape(parameter.shape)
        parameter.sub_(update, alpha=group["lr"] * _RMS_OF_ADAM * max(ahead.shape) ** 0.5)

    @staticmethod
    def _adam_step(parameter: nn.Parameter, state: dict[str, Any], group: dict[str, Any]) -> None:
        gradient = parameter.grad
        assert gradient is not None
        mean: Tensor = state.setdefault("mean", torch.zeros_like(gradient))
        square: Tensor = state.setdefault("square", torch.zeros_like(gradient))
        steps: Tensor = state.setdefault("steps", torch.zeros(()))
        steps += 1
        first, second = group["betas"]
        mean.lerp_(gradient, 1 - first)
        square.lerp_(gradient.square(), 1 - second)
        spread = (square / (1 - second ** steps.item())).sqrt() + _EPSILON
        parameter.addcdiv_(mean / (1 - first ** steps.item()), spread, value=-group["lr"])


def orthogonalised(matrix: Tensor) -> Tensor:
    """About the matrix nearest to this one whose singular values are all equal to one, R x C.

    Five Newton-Schulz steps bring each singular value to between 0.7 and 1.2, which serves training as well as one.
    """
    a, b, c = _QUINTIC
    tall = matrix.shape[0] > matrix.shape[1]
    wide = matrix.T if tall else matrix
    wide = wide / (wide.norm() + _EPSILON)
    for _ in range(_ITERATIONS):
        gram = wide @ wide.T
        wide = a * wide + (b * gram + c * gram @ gram) @ wide
    return wide.T if tall else wide
