"""From the checkpoints of geometry and colours to the model folder of the generator for photographs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from posemodels.architectures.flow_transfer.config import LABELS
from posemodels.architectures.flow_transfer.flow_transfer import FlowTransfer
from posemodels.data.render_pairs.framed_pairs import FramedPairs
from posemodels.data.render_pairs.framing import framed
from posemodels.data.render_pairs.framing_config import EXACT
from posemodels.data.render_pairs.stream import PairStream
from posemodels.errors import ExportError
from posemodels.evaluation.report import TRAINING_FILE
from posemodels.export.manifest import GRAPH_FILE, ModelSpec, TensorSpec
from posemodels.export.onnx import write_onnx
from posemodels.export.half_storage import store_half
from posemodels.export.runtime import Session
from posemodels.export.wrapper import write_manifest
from posemodels.training.flow_transfer.config import COLOR, GEOMETRY, HEIGHT, POSE_SIGMA, WIDTH
from posemodels.training.flow_transfer.restored import Restored, restore
from posemodels.training.trainer import LOG_FILE

ARCHITECTURE = "flow-transfer"
INPUTS = (
    TensorSpec(name="source_image", role="sourceImage", is_image=True),
    TensorSpec(name="source_pose", role="sourcePose"),
    TensorSpec(name="source_parsing", role="sourceParsing"),
    TensorSpec(name="target_pose", role="targetPose"),
)
"""In the order of the network's `forward`."""
OUTPUTS = (
    TensorSpec(name="image", role="generatedImage", is_image=True),
    TensorSpec(name="flow", role="flow"),
    TensorSpec(name="visibility", role="visibility"),
    TensorSpec(name="target_parsing", role="targetParsing"),
)
_DESCRIPTION = (
    "Carries the pixels of a photographed person to another pose and paints what the photo does not show; "
    "trained on rendered people."
)
_MEAN_TOLERANCE, _WORST_TOLERANCE = 2e-3, 0.1
"""By how much weights of half precision may change an output in [-1, 1]."""
_GOLDEN_PAIR = 5
_FAINTEST = 1e-4


@dataclass(frozen=True)
class RestoredGenerator:
    """Both networks in one, and how they were trained."""

    module: FlowTransfer
    record: dict[str, Any]


def restore_flow_transfer(geometry_run: Path, color_run: Path) -> RestoredGenerator:
    """From the folders of two runs. Raises CheckpointError where one has no checkpoint."""
    geometry, color = restore(geometry_run, GEOMETRY), restore(color_run, COLOR)
    module = FlowTransfer(geometry.config.network)
    # Their widths may differ: each run has its own configuration.
    module.geometry, module.color = geometry.network, color.network  # type: ignore[assignment]
    runs = {"geometry": _record(geometry, geometry_run), "color": _record(color, color_run)}
    return RestoredGenerator(module.eval().requires_grad_(False), runs)


def export_flow_transfer(restored: RestoredGenerator, held_out: Path, folder: Path, *, version: str) -> dict[str, Any]:
    """Writes graph, golden pair, manifest and training record; returns the manifest.

    held_out: folder of rendered pairs, of which one is the golden one. Raises ExportError where ONNX Runtime and the
    network disagree.
    """
    inputs = example_inputs(held_out)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / GRAPH_FILE
    with torch.no_grad():
        computed = restored.module(*inputs.values())
    names = [tensor.name for tensor in OUTPUTS]
    outputs = dict(zip(names, computed, strict=True))
    path.write_bytes(store_half(write_onnx(restored.module, inputs, outputs, path)).SerializeToString())
    # The golden outputs are those of the weights that ship.
    with Session(path, names) as session:
        golden = dict(zip(names, map(torch.from_numpy, session.run(_arrays(inputs))), strict=True))
    for name in names:
        off = (golden[name] - outputs[name]).abs()
        if off.mean() > _MEAN_TOLERANCE or off.max() > _WORST_TOLERANCE:
            raise ExportError(f"{name} of the graph is off by {off.mean():.1e} in the mean, {off.max():.1e} at worst")
    manifest = write_manifest(flow_transfer_spec(folder.name, version), inputs | golden, folder)
    (folder / TRAINING_FILE).write_text(json.dumps(restored.record, indent=2) + "\n", encoding="utf-8")
    return manifest


def example_inputs(held_out: Path) -> dict[str, Tensor]:
    """One held-out pair, as the network takes it."""
    pairs = PairStream(held_out).pairs(np.array([_GOLDEN_PAIR]), images=True)
    random = torch.Generator().manual_seed(0)
    inputs = generator_inputs(framed(pairs, EXACT, (HEIGHT, WIDTH), (HEIGHT // 2, WIDTH // 2), random))
    # Far from a joint a Gaussian is nothing but digits that do not compress.
    return {name: torch.where(maps.abs() < _FAINTEST, torch.zeros(1), maps) for name, maps in inputs.items()}


def generator_inputs(batch: FramedPairs) -> dict[str, Tensor]:
    """Pairs framed at the model's size as the whole generator takes them, by name."""
    assert batch.source_image is not None
    size = HEIGHT, WIDTH
    return {
        "source_image": batch.source_image,
        "source_pose": batch.source_pose(size, POSE_SIGMA),
        "source_parsing": F.one_hot(batch.source_labels, len(LABELS)).permute(0, 3, 1, 2).float(),
        "target_pose": batch.target_pose(size, POSE_SIGMA),
    }


def flow_transfer_spec(name: str, version: str) -> ModelSpec:
    return ModelSpec(
        name=name,
        version=version,
        kind="generator",
        architecture=ARCHITECTURE,
        license="MIT",
        description=_DESCRIPTION,
        inputs=INPUTS,
        outputs=OUTPUTS,
        sigma=POSE_SIGMA,
        labels=LABELS,
        label_mapping={label: (label,) for label in LABELS},
    )


def _arrays(inputs: dict[str, Tensor]) -> dict[str, np.ndarray]:
    return {name: tensor.contiguous().numpy() for name, tensor in inputs.items()}


def _record(restored: Restored, run_dir: Path) -> dict[str, Any]:
    log = run_dir / LOG_FILE
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
    progress = restored.progress
    curve = [
        {name: value for name, value in line.items() if name != "kind"}
        for line in lines
        if line["kind"] == "evaluate" and line["samples"] <= progress["samples"]
    ]
    return {
        "parameters": sum(parameter.numel() for parameter in restored.network.parameters()),
        "samples": progress["samples"],
        "minutes": round(progress["seconds"] / 60, 1),
        "curve": curve,
    }
