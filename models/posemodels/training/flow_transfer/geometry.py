"""Training of the geometry network.

Tensor names end in the letters of their axes: B batch, L labels, h and w height and width of the flow.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.flow_transfer.config import LABELS
from posemodels.architectures.flow_transfer.geometry_net import Geometry, GeometryNet
from posemodels.data.render_pairs.framed_pairs import FramedPairs
from posemodels.data.render_pairs.framing import framed
from posemodels.data.render_pairs.framing_config import EXACT, FramingConfig
from posemodels.data.render_pairs.stream import PairStream
from posemodels.evaluation.transfer_figures import GeometryFigures, flow_error
from posemodels.training.flow_transfer.config import HEIGHT, POSE_SIGMA, WIDTH, FlowTransferTraining

_SIZE = HEIGHT // 2, WIDTH // 2
"""Of labels and flow."""
_STEP_PRIME = 1_000_003
_FLOW_WEIGHT = 0.2
_HIDDEN_WEIGHT = 0.2
_WORST = 1.0
"""Errors of the flow beyond half a frame count as this much: what is that wrong is wrong all the same."""
_LABEL_WEIGHTS = (0.7, 1.3, 1.3, 1.0, 1.0, 1.5, 1.3, 1.5, 1.0)
_CHUNK = 20


class GeometryTask:
    """Learns flow, visibility and labels of targets."""

    def __init__(self, config: FlowTransferTraining, pairs: Path, held_out: Path) -> None:
        """pairs, held_out: folders of rendered pairs."""
        torch.set_num_threads(config.run.threads)
        torch.manual_seed(config.run.seed)
        self.config = config
        self.network: nn.Module = GeometryNet(config.network).to(
            memory_format=torch.channels_last  # type: ignore[call-overload]
        )
        self._pairs, self._held_out = PairStream(pairs), PairStream(held_out)

    def loss(self, step: int) -> tuple[Tensor, dict[str, float]]:
        config = self.config
        random = torch.Generator().manual_seed(config.run.seed * _STEP_PRIME + step)
        raw = self._pairs.pairs(self._pairs.random_indices(config.run.seed, step, config.batch), images=False)
        batch = framed(raw, FramingConfig(), _SIZE, _SIZE, random)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=config.run.bfloat16):
            _, fine = self.network(*geometry_inputs(batch))
        parts = geometry_losses(fine, batch)
        total = _FLOW_WEIGHT * parts["flow"] + parts["visibility"] + parts["labels"]
        return total, {name: part.item() for name, part in parts.items()}

    def after_step(self, step: int) -> dict[str, float]:
        return {}

    def measure(self, network: nn.Module) -> dict[str, float]:
        return measure_geometry(network, self._held_out, self.config.run.evaluation_pairs)

    def state(self) -> dict[str, Any] | None:
        return None

    def load(self, state: dict[str, Any] | None) -> None:
        """Nothing is trained beside the network."""


def geometry_inputs(batch: FramedPairs) -> tuple[Tensor, Tensor, Tensor]:
    """Source pose, source labels and target pose as the network takes them."""
    labels = F.one_hot(batch.source_labels, len(LABELS)).permute(0, 3, 1, 2).float()
    if labels.shape[2] == HEIGHT:
        labels = F.avg_pool2d(labels, 2)
    size = HEIGHT, WIDTH
    return batch.source_pose(size, POSE_SIGMA, 4), labels, batch.target_pose(size, POSE_SIGMA, 4)


def geometry_losses(geometry: Geometry, batch: FramedPairs) -> dict[str, Tensor]:
    """Flow in pixels of h x w, visibility and labels; only where the target's picture is known."""
    known_Bhw = batch.target_known.float()
    visible_Bhw = batch.visible.float()
    near = (batch.positions.abs() < 1.3).all(dim=1)
    weight_Bhw = visible_Bhw + _HIDDEN_WEIGHT * (batch.matched & ~batch.visible & near).float()
    off_Bhw = flow_error(geometry.flow_B2hw, batch.positions, _WORST)
    flow = (off_Bhw * weight_Bhw).sum() / weight_Bhw.sum().clamp_min(1) / 2
    seen = F.binary_cross_entropy_with_logits(geometry.visibility_B1hw[:, 0], visible_Bhw, weight=known_Bhw)
    weights = torch.tensor(_LABEL_WEIGHTS)
    labels_Bhw = F.cross_entropy(geometry.labels_BLhw, batch.target_labels, weight=weights, reduction="none")
    return {"flow": flow, "visibility": seen, "labels": (labels_Bhw * known_Bhw).sum() / known_Bhw.sum().clamp_min(1)}


@torch.no_grad()
def measure_geometry(network: nn.Module, held_out: PairStream, pairs: int) -> dict[str, float]:
    """On held-out pairs with true labels and joints, two in five of them from photos that are cut off."""
    random = torch.Generator().manual_seed(0)
    figures = GeometryFigures(len(LABELS))
    for chunk in held_out.spread(pairs, _CHUNK):
        batch = framed(held_out.pairs(chunk, images=False), EXACT, _SIZE, _SIZE, random)
        _, fine = network(*geometry_inputs(batch))
        figures.add(batch, fine.flow_B2hw, fine.visibility_B1hw[:, 0] > 0, fine.labels_BLhw.argmax(1))
    return figures.figures()
