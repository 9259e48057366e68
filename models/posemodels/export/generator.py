"""From a generator's checkpoint, ours or a published one, to a model folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from posemodels.architectures.registry import Architecture, generator_architecture
from posemodels.data.dataset import held_out_pairs
from posemodels.data.heatmaps import POSE_MAP_SIGMA
from posemodels.errors import CheckpointError
from posemodels.export.manifest import ModelSpec, TensorSpec
from posemodels.export.wrapper import export_model
from posemodels.training.checkpoint import load_weights, published_weights, read_checkpoint
from posemodels.training.config import TrainingConfig, parse_training_config
from posemodels.training.ema import estimate_norm_statistics
from posemodels.training.pairs import PairWindow

INPUTS = (
    TensorSpec(name="source_image", role="sourceImage", is_image=True),
    TensorSpec(name="source_pose", role="sourcePose"),
    TensorSpec(name="target_pose", role="targetPose"),
)
OUTPUTS = (TensorSpec(name="image", role="generatedImage", is_image=True),)

_STATISTICS_BATCHES = 24
_GOLDEN_STEPS = 256


@dataclass(frozen=True)
class RestoredGenerator:
    """A generator with its weights, and the configuration it was trained by where it is ours."""

    architecture: Architecture
    module: nn.Module
    training: TrainingConfig | None


def restore_generator(checkpoint: Path, architecture: str = "xinggan") -> RestoredGenerator:
    """Builds the network that a checkpoint belongs to. Published checkpoints tell their sizes by their shapes.

    Our own give their averaged weights, with batch norm statistics estimated anew. Raises CheckpointError.
    """
    content = read_checkpoint(checkpoint)
    if "average" not in content:
        weights = published_weights(content)
        design = generator_architecture(architecture)
        module = design.build(design.config_of_weights(weights))
        load_weights(module, weights)
        return RestoredGenerator(design, module.eval(), None)
    try:
        training = parse_training_config(json.loads(content["progress"])["config"])
        design = generator_architecture(training.architecture)
        module = design.build(design.config(**training.network))
        load_weights(module, content["average"])
    except KeyError as error:
        raise CheckpointError(f"{checkpoint}: the training checkpoint has no {error.args[0]!r}") from error
    pairs = PairWindow(training.data, training.run.seed)
    batches = (pairs.batch(step, training.stages[-1], 12) for step in range(_STATISTICS_BATCHES))
    inputs = ((batch.source_image, batch.source_pose, batch.target_pose) for batch in batches)
    estimate_norm_statistics(module, inputs)
    return RestoredGenerator(design, module.eval(), training)


def export_generator(
    restored: RestoredGenerator,
    folder: Path,
    *,
    size: tuple[int, int],
    sigma: float = POSE_MAP_SIGMA,
    version: str,
    license: str,
    description: str,
    metrics: dict[str, float] | None = None,
    metrics_command: str | None = None,
) -> dict[str, Any]:
    """Writes `model.onnx`, `manifest.json` and `golden.bin`; the golden pair are two held-out people."""
    spec = ModelSpec(
        name=folder.name,
        version=version,
        kind="generator",
        architecture=restored.architecture.name,
        license=license,
        description=description,
        inputs=INPUTS,
        outputs=OUTPUTS,
        sigma=sigma,
        metrics=metrics or {},
        metrics_command=metrics_command,
    )
    return export_model(restored.module, golden_inputs(size, sigma), spec, folder)


def golden_inputs(size: tuple[int, int], sigma: float) -> dict[str, Tensor]:
    """Two held-out pairs. Pose maps are rounded to 256 steps, which makes the recorded file compress well."""
    batch = held_out_pairs(2, size, sigma)

    def rounded(maps: Tensor) -> Tensor:
        return torch.round(maps * _GOLDEN_STEPS) / _GOLDEN_STEPS

    return {
        "source_image": batch.source_image,
        "source_pose": rounded(batch.source_pose),
        "target_pose": rounded(batch.target_pose),
    }
