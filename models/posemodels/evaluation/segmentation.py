"""Measures of parsing maps."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from posemodels.architectures.perception.parsing_net import LABELS, ParsingNet
from posemodels.data.synthetic import LABEL_NAMES
from posemodels.evaluation.conditions import Condition, held_out
from posemodels.evaluation.onnx_weights import load_onnx_weights


def confusion(found: Tensor, truth: Tensor, labels: int = LABELS) -> Tensor:
    """[labels, labels] counts of pixels: true label by found label."""
    return torch.bincount(truth.flatten() * labels + found.flatten(), minlength=labels * labels).view(labels, labels)


def intersection_over_union(counts: Tensor) -> Tensor:
    """[labels] IoU of each label over all pictures; NaN for a label that is neither there nor found."""
    overlap = counts.diagonal().double()
    union = counts.sum(0) + counts.sum(1) - counts.diagonal()
    return torch.where(union > 0, overlap / union.clamp(min=1), torch.tensor(float("nan"), dtype=torch.float64))


def parse(network: nn.Module, images: Tensor) -> Tensor:
    """Parsing maps [B, H, W] int64."""
    with torch.no_grad():
        return torch.cat([network(part).argmax(1) for part in images.split(32)])


def measure(network: nn.Module, size: tuple[int, int], people: int = 128) -> dict[str, float]:
    """Mean IoU over the labels in each condition, and every label's on plain and cluttered backgrounds."""
    network.eval()
    figures: dict[str, float] = {}
    for condition in Condition:
        batch = held_out(condition, people, size)
        iou = intersection_over_union(confusion(parse(network, batch.images), batch.labels))
        figures[f"miou_{condition.value}"] = round(float(iou.nanmean()), 4)
        if condition in (Condition.PLAIN, Condition.CLUTTER):
            for name, value in zip(LABEL_NAMES, iou.tolist(), strict=True):
                figures[f"iou_{name}_{condition.value}"] = round(value, 4)
    return figures


def evaluate(folder: Path, people: int = 128) -> dict[str, float]:
    """Measures the exported model in `folder` on held-out people; the weights are read from its `model.onnx`."""
    network = ParsingNet()
    size = load_onnx_weights(network, folder)
    return measure(network, size, people)
