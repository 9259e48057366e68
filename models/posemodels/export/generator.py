"""From a generator's checkpoint, ours or a published one, to a model folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from posemodels.architectures.registry import Architecture, generator_architecture
from posemodels.architectures.scam.scam import Scam
from posemodels.data.dataset import held_out_pairs
from posemodels.data.heatmaps import POSE_MAP_SIGMA
from posemodels.data.inputs import GeneratorInputs, InputRole
from posemodels.errors import CheckpointError
from posemodels.evaluation.report import TRAINING_FILE
from posemodels.export.manifest import ModelSpec, TensorSpec
from posemodels.export.scam import export_scam
from posemodels.export.wrapper import export_model
from posemodels.training.checkpoint import load_weights, read_checkpoint
from posemodels.training.config import TrainingConfig, parse_training_config
from posemodels.training.ema import estimate_norm_statistics
from posemodels.training.pair_source import pair_source
from posemodels.training.trainer import LOG_FILE

OUTPUTS = (TensorSpec(name="image", role="generatedImage", is_image=True),)

_STATISTICS_BATCHES = 24
_GOLDEN_STEPS = 256


@dataclass(frozen=True)
class RestoredGenerator:
    """A generator with its weights, and the configuration it was trained by where it is ours."""

    architecture: Architecture
    module: nn.Module
    inputs: GeneratorInputs
    training: TrainingConfig | None = None
    record: dict[str, Any] | None = None
    """How ours was trained: sizes, samples, minutes, learning curve."""


def restore_generator(checkpoint: Path, architecture: str = "xinggan", pairs: Path | None = None) -> RestoredGenerator:
    """Builds the network that a checkpoint belongs to. Published checkpoints tell their sizes by their shapes.

    Our own give their averaged weights, with batch norm statistics estimated anew, on rendered pairs of the folder
    `pairs` where it was trained on such. Raises CheckpointError, or ConfigError where those pairs are not there.
    """
    design = generator_architecture(architecture)
    content = read_checkpoint(checkpoint, design.published_with_other_objects)
    if "average" not in content:
        weights = design.weights_of_checkpoint(content)
        if design.config_of_weights is None:
            raise CheckpointError(f"{checkpoint}: no weights of {design.name} are published; only ours can be read")
        config = design.config_of_weights(weights)
        module = design.build(config)
        load_weights(module, weights)
        return RestoredGenerator(design, module.eval(), design.inputs(config))
    try:
        progress = json.loads(content["progress"])
        training = parse_training_config(progress["config"])
        design = generator_architecture(training.architecture)
        config = design.config(**training.network)
        module = design.build(config)
        load_weights(module, content["average"])
    except KeyError as error:
        raise CheckpointError(f"{checkpoint}: the training checkpoint has no {error.args[0]!r}") from error
    source = pair_source(training.data, training.run.seed, pairs)
    batches = (source.batch(step, training.stages[-1], 12) for step in range(_STATISTICS_BATCHES))
    inputs = design.inputs(config)
    estimate_norm_statistics(module, (tuple(inputs.of(batch).values()) for batch in batches))
    return RestoredGenerator(design, module.eval(), inputs, training, _record(checkpoint, progress, training))


def _record(checkpoint: Path, progress: dict[str, Any], training: TrainingConfig) -> dict[str, Any]:
    log = checkpoint.with_name(LOG_FILE)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
    columns = ("minutes", "samples", "height", "width", "l1", "psnr", "ssim", "ratio")
    curve = [{name: line[name] for name in columns} for line in lines if line["kind"] == "evaluate"]
    return {
        "configuration": training.data.configuration(training.architecture),
        "pairs": training.data.pairs,
        "startedFrom": progress.get("started_from"),
        "network": dict(training.network),
        "samples": progress["samples"],
        "minutes": round(progress["seconds"] / 60, 1),
        "curve": [point for point in curve if point["samples"] <= progress["samples"]],
    }


def export_generator(
    restored: RestoredGenerator,
    folder: Path,
    *,
    size: tuple[int, int],
    sigma: float = POSE_MAP_SIGMA,
    version: str,
    license: str,
    description: str,
    remarks: str | None = None,
    plain: bool = False,
) -> dict[str, Any]:
    """Writes `model.onnx`, `manifest.json` and `golden.bin`; the golden pair are two held-out people. SCAM comes as two
    graphs, with `encoder.onnx` before the other.

    Of ours also `training.json`, from which the model card is written, with `remarks` on how the run went.
    plain: as for `write_onnx`.
    """
    spec = generator_spec(
        restored.inputs,
        name=folder.name,
        version=version,
        architecture=restored.architecture.name,
        license=license,
        description=description,
        sigma=sigma,
    )
    example = golden_inputs(restored.inputs, size, sigma)
    if isinstance(restored.module, Scam):
        manifest = export_scam(restored.module, example, spec, folder, plain=plain)
    else:
        manifest = export_model(restored.module, example, spec, folder, plain=plain)
    if restored.record is not None:
        record = restored.record | ({} if remarks is None else {"remarks": remarks})
        text = json.dumps(record, indent=2) + "\n"
        (folder / TRAINING_FILE).write_text(text, encoding="utf-8")
    return manifest


def generator_spec(inputs: GeneratorInputs, **described: Any) -> ModelSpec:
    """What the manifest says of a generator with these inputs; `described` are the other fields of ModelSpec."""
    labels = inputs.labels
    return ModelSpec(
        kind="generator",
        inputs=tuple(TensorSpec(name=role.argument, role=role.value, is_image=role.is_image) for role in inputs.roles),
        outputs=OUTPUTS,
        labels=None if labels is None else labels.names,
        label_mapping=None if labels is None else labels.members,
        **described,
    )


def golden_inputs(inputs: GeneratorInputs, size: tuple[int, int], sigma: float) -> dict[str, Tensor]:
    """Two held-out pairs. Pose maps are rounded to 256 steps, which makes the recorded file compress well."""
    tensors = inputs.of(held_out_pairs(2, size, sigma))
    for role in (InputRole.SOURCE_POSE, InputRole.TARGET_POSE):
        if role in inputs.roles:
            tensors[role.argument] = torch.round(tensors[role.argument] * _GOLDEN_STEPS) / _GOLDEN_STEPS
    return tensors
