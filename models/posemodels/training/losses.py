"""Loss terms of a generator and its discriminators, each a function or module of its own."""

from __future__ import annotations

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.registry import AuxiliaryLoss
from posemodels.data.dataset import PairBatch
from posemodels.errors import ConfigError
from posemodels.evaluation.metrics import ssim
from posemodels.training.config import LossConfig


def pixel_loss(generated_B3HW: Tensor, target_B3HW: Tensor, weight_B1HW: Tensor) -> Tensor:
    """Weighted mean absolute error."""
    return ((generated_B3HW - target_B3HW).abs() * weight_B1HW).mean() / weight_B1HW.mean()


def gradient_loss(generated_B3HW: Tensor, target_B3HW: Tensor, weight_B1HW: Tensor) -> Tensor:
    """Weighted mean absolute error of the differences between neighbouring pixels, along rows and along columns."""
    difference = generated_B3HW - target_B3HW
    along_x = (difference[..., 1:] - difference[..., :-1]).abs() * weight_B1HW[..., 1:]
    along_y = (difference[..., 1:, :] - difference[..., :-1, :]).abs() * weight_B1HW[..., 1:, :]
    return (along_x.mean() + along_y.mean()) / weight_B1HW.mean()


def adversarial_loss(decision: Tensor, real: bool, sigmoid: bool) -> Tensor:
    """Binary cross-entropy on sigmoid decisions (Market-1501), squared error without a sigmoid (DeepFashion).

    The target is 1 or 0 on every element of the decision map.
    """
    target = torch.full_like(decision, 1.0 if real else 0.0)
    return F.binary_cross_entropy(decision, target) if sigmoid else F.mse_loss(decision, target)


def hinge_loss(real: Tensor, fake: Tensor) -> Tensor:
    """What a discriminator minimises: real scores below 1 and fake scores above -1."""
    return F.relu(1 - real).mean() + F.relu(1 + fake).mean()


class GeneratorLoss(nn.Module):
    """Pixel term plus the stand-in for the perceptual term, with every part reported by name.

    The published perceptual term compares features of a pretrained VGG-19, whose weights cannot be shipped. Structural
    similarity and image gradients take its place: both punish the blur that a pixel term alone rewards.
    """

    def __init__(self, config: LossConfig) -> None:
        super().__init__()
        self.config = config

    def forward(self, generated: Tensor, target: Tensor, foreground: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """Images B x 3 x H x W in [-1, 1], foreground B x 1 x H x W; returns the weighted sum and its parts."""
        config = self.config
        generated = generated.float()
        weight = 1 + config.foreground * foreground
        parts = {"pixel": pixel_loss(generated, target, weight)}
        total = config.pixel * parts["pixel"]
        if config.perceptual == "structure":
            parts["gradient"] = gradient_loss(generated, target, weight)
            parts["similarity"] = 1 - ssim(generated, target).mean()
            total = total + config.gradient * parts["gradient"] + config.similarity * parts["similarity"]
        return total, parts


class WeightedTerms:
    """An architecture's own terms under their weights. Raises ConfigError for a weight of a term that it lacks."""

    def __init__(self, terms: AuxiliaryLoss, weights: Mapping[str, float]) -> None:
        unknown = sorted(set(weights) - set(terms.weights))
        if unknown:
            raise ConfigError(f"unknown auxiliary loss: {', '.join(unknown)}; known: {', '.join(terms.weights)}")
        self._terms = terms
        self._weights = {**terms.weights, **weights}

    def __call__(self, traced: Mapping[str, Tensor], batch: PairBatch) -> tuple[Tensor, dict[str, Tensor]]:
        """Returns the weighted sum and its unweighted parts."""
        parts = self._terms(traced, batch)
        weighted = [self._weights[name] * part for name, part in parts.items()]
        return sum(weighted, torch.zeros((), device=batch.target_image.device)), parts


class ImagePool:
    """Past fakes for a discriminator: fills first, then returns a stored one half of the time, keeping the new."""

    def __init__(self, size: int, generator: torch.Generator) -> None:
        self._size = size
        self._random = generator
        self._stored: list[Tensor] = []

    def exchange(self, fakes: Tensor) -> Tensor:
        """Per sample of the batch; a size of 0 returns the new ones."""
        chosen = []
        for fake in fakes.detach():
            if len(self._stored) < self._size:
                self._stored.append(fake)
                chosen.append(fake)
            elif self._size and torch.rand(1, generator=self._random).item() < 0.5:
                index = int(torch.randint(self._size, (1,), generator=self._random).item())
                chosen.append(self._stored[index])
                self._stored[index] = fake
            else:
                chosen.append(fake)
        return torch.stack(chosen)
