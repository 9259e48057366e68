"""Networks out of the checkpoints of runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import nn

from posemodels.architectures.flow_transfer.color_net import ColorNet
from posemodels.architectures.flow_transfer.geometry_net import GeometryNet
from posemodels.errors import CheckpointError
from posemodels.training.checkpoint import load_weights, read_checkpoint
from posemodels.training.flow_transfer.config import GEOMETRY, FlowTransferTraining
from posemodels.training.trainer import CHECKPOINT_FILE


@dataclass(frozen=True)
class Restored:
    """The averaged weights of a run."""

    network: nn.Module
    config: FlowTransferTraining
    progress: dict[str, Any]
    """Steps, samples and seconds so far."""


def restore(run_dir: Path, kind: str) -> Restored:
    """Raises CheckpointError where the folder has no checkpoint of this kind."""
    path = run_dir / CHECKPOINT_FILE
    content = read_checkpoint(path)
    try:
        progress = json.loads(content["progress"])
        config = FlowTransferTraining.parse(progress["config"])
        average = content["average"]
    except KeyError as error:
        raise CheckpointError(f"{path}: the training checkpoint has no {error.args[0]!r}") from error
    if config.kind != kind:
        raise CheckpointError(f"{path} is of a run of {config.kind}, not {kind}")
    network = GeometryNet(config.network) if kind == GEOMETRY else ColorNet(config.network)
    load_weights(network, average)
    return Restored(network.eval().requires_grad_(False), config, progress)
