"""Likeness as a network sees it that was trained on real pictures: inner activations of ResNet-18.

The weights come in the NuGet package Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1 (MIT) as ONNX. They serve
training and evaluation alone.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import Tensor, nn

from posemodels.errors import ConfigError

RESNET_VARIABLE = "POSEMODELS_RESNET18"
_MEANS_BGR = (103.06, 115.9, 123.15)
"""Of the mean picture that the package subtracts."""
_TAPS = (0, 2, 4)
"""How many sums precede the ends of the first convolution, of the first and of the second stage."""
_EPSILON = 1e-6


class PerceptualFeatures(nn.Module):
    """Images B x 3 x H x W in [-1, 1] to activations at several depths. Has no trainable weights."""

    def __init__(self, path: Path) -> None:
        """path: `ResNet18.onnx`. Raises ConfigError where it cannot be read."""
        super().__init__()
        try:
            graph = onnx.load(str(path)).graph
        except (OSError, ValueError) as error:
            raise ConfigError(f"{path}: {error}") from error
        self._constants = {
            item.name: torch.from_numpy(numpy_helper.to_array(item).copy()) for item in graph.initializer
        }
        self._nodes = [(node.op_type, list(node.input), node.output[0], _attributes(node)) for node in graph.node]
        self._input = graph.node[0].input[0]

    def forward(self, images_B3HW: Tensor) -> list[Tensor]:
        pixels = (images_B3HW + 1) * 127.5
        values = {self._input: pixels.flip(1) - torch.tensor(_MEANS_BGR)[:, None, None]}
        taken: list[Tensor] = []
        sums = 0
        for operator, names, result, attributes in self._nodes:
            values[result] = self._run(operator, names, attributes, values)
            sums += operator == "Add"
            if operator == "Relu" and len(taken) < len(_TAPS) and sums == _TAPS[len(taken)]:
                taken.append(values[result])
                if len(taken) == len(_TAPS):
                    break
        return taken

    def _run(self, operator: str, names: list[str], attributes: dict[str, Any], values: dict[str, Tensor]) -> Tensor:
        x = values[names[0]]
        if operator == "Conv":
            top, left, bottom, right = attributes["pads"]
            padded = F.pad(x, (left, right, top, bottom))
            return F.conv2d(padded, self._constants[names[1]], stride=attributes["strides"])
        if operator == "BatchNormalization":
            scale, shift, mean, variance = (self._constants[name] for name in names[1:])
            factor = scale / (variance + attributes["epsilon"]).sqrt()
            return x * factor[:, None, None] + (shift - mean * factor)[:, None, None]
        if operator == "MaxPool":
            top, left, bottom, right = attributes["pads"]
            return F.max_pool2d(F.pad(x, (left, right, top, bottom), value=-1e4), 3, attributes["strides"])
        if operator == "Add":
            return x + values[names[1]]
        if operator == "Relu":
            return x.relu()
        raise ConfigError(f"the graph is not ResNet-18: it has {operator}")


def find_features() -> PerceptualFeatures:
    """That of the file that the environment variable names. Raises ConfigError where there is none."""
    path = os.environ.get(RESNET_VARIABLE)
    if not path:
        raise ConfigError(
            f"{RESNET_VARIABLE} must name ResNet18.onnx of the NuGet package "
            "Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1"
        )
    return PerceptualFeatures(Path(path))


def perceptual_distance(first: list[Tensor], second: list[Tensor]) -> Tensor:
    """[B] mean over depths of the distance of activations that are normalised over channels (after LPIPS)."""
    distances = []
    for one, other in zip(first, second, strict=True):
        one = one * (one.square().sum(dim=1, keepdim=True) + _EPSILON).rsqrt()
        other = other * (other.square().sum(dim=1, keepdim=True) + _EPSILON).rsqrt()
        distances.append((one - other).square().sum(dim=1).mean(dim=(1, 2)))
    return torch.stack(distances).mean(dim=0)


def _attributes(node: onnx.NodeProto) -> dict[str, Any]:
    return {item.name: onnx.helper.get_attribute_value(item) for item in node.attribute}
