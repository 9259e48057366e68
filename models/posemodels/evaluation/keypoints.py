"""Measures of detected joints."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from posemodels.architectures.perception.keypoint_net import STRIDE, KeypointNet
from posemodels.data.heatmaps import decode_heatmaps
from posemodels.evaluation.conditions import Condition, held_out, nobody
from posemodels.evaluation.onnx_weights import load_onnx_weights

MINIMUM_CONFIDENCE = 0.3
_HEAD = (0, 1, 14, 15, 16, 17)


@dataclass(frozen=True)
class PckScore:
    """Joints found within the radius of all that are truly there, and the mean error of those in pixels."""

    correct: int
    total: int
    mean_error: float

    @property
    def fraction(self) -> float:
        return self.correct / self.total if self.total else 0.0


def head_sizes(keypoints: Tensor) -> Tensor:
    """[B] longer side of the box round the present joints of nose, neck, eyes and ears, about the head's length;
    NaN with fewer than two of them."""
    head = keypoints[:, _HEAD]
    present = (head >= 0).all(-1)
    low = torch.where(present[..., None], head, torch.tensor(float("inf"))).amin(1)
    high = torch.where(present[..., None], head, torch.tensor(float("-inf"))).amax(1)
    size = (high - low).amax(-1)
    return torch.where(present.sum(1) >= 2, size, torch.tensor(float("nan")))


def pckh(
    found: Tensor,
    confidence: Tensor,
    truth: Tensor,
    radius: float = 0.5,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
) -> PckScore:
    """Share of the true joints that are found, confidently and within `radius` head sizes.

    :param found: [B, K, 2] pixels; confidence: [B, K]; truth: [B, K, 2], -1 missing. Pictures whose head size is not
        known are left out.
    """
    size = head_sizes(truth)
    counted = (truth >= 0).all(-1) & ~size.isnan()[:, None]
    error = (found - truth).norm(dim=-1)
    right = counted & (confidence >= minimum_confidence) & (error < radius * size.nan_to_num()[:, None])
    mean_error = float(error[counted].mean()) if bool(counted.any()) else float("nan")
    return PckScore(int(right.sum()), int(counted.sum()), mean_error)


def detect(network: nn.Module, images: Tensor, stride: int = STRIDE) -> tuple[Tensor, Tensor]:
    """Positions [B, 18, 2] in pixels and confidences [B, 18]."""
    with torch.no_grad():
        heatmaps = torch.cat([network(part) for part in images.split(32)])
    return decode_heatmaps(heatmaps, stride)


def measure(network: nn.Module, size: tuple[int, int], people: int = 128) -> dict[str, float]:
    """PCKh and, for confidences, false joints: how often a missing joint is reported, and joints where nobody is."""
    network.eval()
    figures: dict[str, float] = {}
    for condition in Condition:
        batch = held_out(condition, people, size)
        found, confidence = detect(network, batch.images)
        score = pckh(found, confidence, batch.keypoints)
        figures[f"pckh50_{condition.value}"] = round(score.fraction, 4)
        figures[f"mean_error_px_{condition.value}"] = round(score.mean_error, 3)
        missing = (batch.keypoints < 0).any(-1)
        false = (confidence[missing] >= MINIMUM_CONFIDENCE).float().mean() if bool(missing.any()) else torch.zeros(())
        figures[f"false_joints_{condition.value}"] = round(float(false), 4)
    found, confidence = detect(network, nobody(people, size))
    figures["joints_where_nobody_is"] = round(float((confidence >= MINIMUM_CONFIDENCE).float().mean()), 5)
    return figures


def evaluate(folder: Path, people: int = 128) -> dict[str, float]:
    """Measures the exported model in `folder` on held-out people; the weights are read from its `model.onnx`."""
    network = KeypointNet()
    size = load_onnx_weights(network, folder)
    return measure(network, size, people)
