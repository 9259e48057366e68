"""From the layout network's training checkpoint to its model folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from posemodels.architectures.layout.layout_net import LayoutNet
from posemodels.data.inputs import GeneratorInputs, InputRole
from posemodels.data.labels import EIGHT_LABELS
from posemodels.errors import CheckpointError
from posemodels.evaluation.layout_card import write_layout_card
from posemodels.evaluation.layouts import evaluate
from posemodels.evaluation.report import PEOPLE, TRAINING_FILE, write_metrics
from posemodels.export.generator import golden_inputs
from posemodels.export.manifest import ModelSpec, TensorSpec
from posemodels.export.wrapper import export_model
from posemodels.training.checkpoint import load_weights, read_checkpoint
from posemodels.training.config import DataConfig, PairsName, StageConfig
from posemodels.training.layout import LayoutTrainingConfig, settle_norms
from posemodels.training.pair_source import pair_source
from posemodels.training.trainer import LOG_FILE

LAYOUT_INPUTS = GeneratorInputs((InputRole.SOURCE_PARSING, InputRole.SOURCE_POSE, InputRole.TARGET_POSE), EIGHT_LABELS)
"""In the order of the network's `forward`."""

_DESCRIPTION = (
    "Predicts the parsing map of a person in another pose from the map of a photo and both poses; trained on {people}."
)


@dataclass(frozen=True)
class RestoredLayout:
    """The averaged network of a training checkpoint."""

    network: LayoutNet
    stage: StageConfig
    """The last one of the training: its size and sigma are the model's."""
    record: dict[str, Any]
    """How it was trained: samples, minutes, learning curve."""


def restore_layout(checkpoint: Path, pairs: Path | None = None) -> RestoredLayout:
    """The averaged weights with batch norm statistics estimated anew, on rendered pairs of the folder `pairs` where it
    was trained on such. Raises CheckpointError, or ConfigError where those pairs are not there."""
    content = read_checkpoint(checkpoint)
    network = LayoutNet()
    try:
        progress = json.loads(content["progress"])
        config = LayoutTrainingConfig.parse(progress["config"])
        load_weights(network, content["average"])
    except KeyError as error:
        raise CheckpointError(f"{checkpoint}: the training checkpoint has no {error.args[0]!r}") from error
    stage = config.stages[-1]
    settle_norms(network, pair_source(config.data, config.run.seed, pairs), 0, stage, config)
    return RestoredLayout(network.eval(), stage, _record(checkpoint, progress, network, config.data))


def export_layout(restored: RestoredLayout, folder: Path, *, version: str, pairs: int = 256) -> dict[str, Any]:
    """Writes graph, golden pair, manifest with measured figures, training record and model card; returns the manifest.

    pairs: held-out ones to measure on.
    """
    stage = restored.stage
    spec = layout_spec(folder.name, version, stage.sigma, restored.record["pairs"])
    export_model(restored.network, example_inputs(stage), spec, folder)
    (folder / TRAINING_FILE).write_text(json.dumps(restored.record, indent=2) + "\n", encoding="utf-8")
    manifest = write_metrics(folder, evaluate(folder, pairs))
    write_layout_card(folder, manifest)
    return manifest


def example_inputs(stage: StageConfig) -> dict[str, Tensor]:
    """Two held-out pairs, as the network takes them."""
    return golden_inputs(LAYOUT_INPUTS, (stage.height, stage.width), stage.sigma)


def layout_spec(name: str, version: str, sigma: float, pairs: PairsName = "procedural") -> ModelSpec:
    return ModelSpec(
        name=name,
        version=version,
        kind="layout",
        architecture="layout-net",
        license="MIT",
        description=_DESCRIPTION.format(people=PEOPLE[pairs]),
        inputs=tuple(TensorSpec(name=role.argument, role=role.value) for role in LAYOUT_INPUTS.roles),
        outputs=(TensorSpec(name="scores", role="scores"),),
        sigma=sigma,
        labels=EIGHT_LABELS.names,
        label_mapping=EIGHT_LABELS.members,
        decoder={"type": "argmax"},
    )


def _record(checkpoint: Path, progress: dict[str, Any], network: LayoutNet, data: DataConfig) -> dict[str, Any]:
    log = checkpoint.with_name(LOG_FILE)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
    columns = ("minutes", "samples", "height", "width", "miou")
    return {
        "configuration": data.configuration("layout"),
        "pairs": data.pairs,
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "points": network.points.count,
        "samples": progress["samples"],
        "minutes": round(progress["seconds"] / 60, 1),
        "curve": [{name: line[name] for name in columns} for line in lines if line["kind"] == "evaluate"],
    }
