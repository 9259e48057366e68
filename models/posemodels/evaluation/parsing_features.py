"""Distances in the feature space of our own parsing network.

They are of the form of FID and LPIPS, but of other features: figures are comparable with each other only. Needing no
foreign weights, anyone can measure them again.
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from posemodels.architectures.perception.parsing_net import ParsingNet
from posemodels.evaluation.frechet import Gaussian, frechet_distance
from posemodels.evaluation.onnx_weights import load_onnx_weights

_BATCH = 32
_EPSILON = 1e-10


class ParsingFeatures:
    """Features of images B x 3 x H x W in [-1, 1], which are brought to the parsing model's own size first."""

    def __init__(self, network: ParsingNet, size: tuple[int, int]) -> None:
        self._trunk = network.trunk
        self._size = size

    @staticmethod
    def of_model(folder: Path) -> ParsingFeatures:
        """Of the shipped parsing model; raises CheckpointError where it cannot be read."""
        network = ParsingNet()
        size = load_onnx_weights(network, folder)
        return ParsingFeatures(network, size)

    @torch.no_grad()
    def gaussian(self, images: Tensor) -> Gaussian:
        """Of a set of images: each is described by its channels' averages at 1/4 and 1/8 of the size."""
        vectors = []
        for part in images.split(_BATCH):
            _, quarter, eighth, _ = self._levels(part)
            vectors.append(torch.cat([quarter.mean(dim=(2, 3)), eighth.mean(dim=(2, 3))], dim=1))
        return Gaussian.of(torch.cat(vectors).numpy())

    def frechet(self, images: Tensor, reference: Gaussian) -> float:
        """How differently two sets of images are distributed, 0 for equal ones."""
        return frechet_distance(self.gaussian(images), reference)

    @torch.no_grad()
    def perceptual(self, first: Tensor, second: Tensor) -> Tensor:
        """How differently the two images of each pair look, B values from 0 to 4.

        Squared distance of the channel vectors, each scaled to length one; mean over positions, then over four levels.
        """
        distances = []
        for parts in zip(first.split(_BATCH), second.split(_BATCH)):
            levels = zip(*(self._levels(part) for part in parts))
            distances.append(torch.stack([_apart(one, other) for one, other in levels]).mean(dim=0))
        return torch.cat(distances)

    def _levels(self, images: Tensor) -> list[Tensor]:
        """The encoder's feature maps at 1/2, 1/4, 1/8 and 1/16 of the size."""
        trunk = self._trunk.eval()
        levels = [trunk.level2(resized(images, self._size))]
        for level in (trunk.level4, trunk.level8, trunk.level16):
            levels.append(level(levels[-1]))
        return levels


def resized(images: Tensor, size: tuple[int, int]) -> Tensor:
    """Stretched to height and width, each pixel an average of what it covers."""
    if tuple(images.shape[-2:]) == size:
        return images
    return F.interpolate(images, size=size, mode="bilinear", align_corners=False, antialias=True)


def _apart(first: Tensor, second: Tensor) -> Tensor:
    difference = _unit(first) - _unit(second)
    return difference.square().sum(dim=1).mean(dim=(1, 2))


def _unit(features: Tensor) -> Tensor:
    return features / (features.square().sum(dim=1, keepdim=True) + _EPSILON).sqrt()
