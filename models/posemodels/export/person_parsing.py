"""Exports the parser for photographs with its figures and model card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor

from posemodels.architectures.perception.person_parser import PersonParser
from posemodels.data.heatmaps import gaussian_maps
from posemodels.data.photographs.parser_batches import MINIMUM_CONFIDENCE, POSE_SIGMA
from posemodels.data.photographs.person_finder import SQUARE_MARGIN
from posemodels.data.photographs.street_labels import PERSON_LABELS
from posemodels.data.synthetic import render_group
from posemodels.errors import CheckpointError
from posemodels.evaluation.report import TRAINING_FILE
from posemodels.export.half_storage import fold_norms, round_to_half, store_half
from posemodels.export.manifest import GRAPH_FILE, ModelSpec, TensorSpec
from posemodels.export.onnx import write_onnx
from posemodels.export.wrapper import write_manifest

NAME = "person-parsing"
SIZE = 256
"""Side of the person square that the landmark network looks at."""

COMMAND = "python3 -m posemodels evaluate --photos FOLDER"


def load_parser(path: Path) -> tuple[PersonParser, dict[str, Any]]:
    """The averaged network of a training checkpoint in evaluation mode, and what else the checkpoint says.

    :raises CheckpointError: it cannot be read, or is of another network.
    """
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu")
        a, b, c, d = state["widths"]
        network = PersonParser(state["features"], (a, b, c, d))
        network.load_state_dict(state["average"])
    except (OSError, KeyError, RuntimeError, TypeError) as error:
        raise CheckpointError(f"{path} holds no parser for photographs: {error}") from error
    return network.eval(), state


def export_person_parser(checkpoint: Path, folder: Path, *, version: str) -> dict[str, Any]:
    """Writes the model folder, with the record of the training that the model card reads, and returns the manifest."""
    network, state = load_parser(checkpoint)
    names = list(state["feature_names"])
    inputs = golden_inputs(dict(zip(names, sorted(state["features"].items()), strict=True)))
    # What the file holds is what is recorded: weights are as the file stores them before the golden outputs are made.
    fold_norms(network)
    round_to_half(network)
    folder.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        outputs = {"scores": network(*inputs.values())}
    model = write_onnx(network, inputs, outputs, folder / GRAPH_FILE)
    onnx.save(store_half(model), str(folder / GRAPH_FILE))
    record = {
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "steps": state["step"],
        "batch": state["batch"],
        "minutes": round(state["seconds"] / 60),
        "configuration": f"{NAME}.toml",
    }
    (folder / TRAINING_FILE).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return write_manifest(parser_spec(names, version), inputs | outputs, folder)


def parser_spec(features: list[str], version: str) -> ModelSpec:
    return ModelSpec(
        name=NAME,
        version=version,
        kind="parsing",
        architecture="person-parser",
        license="MIT",
        description="Labels hair, face, clothes, limbs, shoes and accessories of one photographed person; trained on "
        "annotated street photographs, on top of the activations of a landmark network.",
        inputs=(
            TensorSpec(name="image", role="image", is_image=True),
            TensorSpec(name="person_mask", role="personMask"),
            TensorSpec(name="pose", role="pose"),
            *(TensorSpec(name=name, role="features") for name in features),
        ),
        outputs=(TensorSpec(name="scores", role="scores"),),
        sigma=POSE_SIGMA,
        labels=PERSON_LABELS,
        fit="uprightSquare",
        fit_margin=SQUARE_MARGIN,
        decoder={"type": "argmax", "minimumConfidence": MINIMUM_CONFIDENCE},
        metrics_command=COMMAND,
    )


def golden_inputs(features: Mapping[str, tuple[int, int]]) -> dict[str, Tensor]:
    """One drawn person, so that no photograph is recorded, and random activations in place of a landmark network's.

    :param features: stride and channels by name.
    """
    group = render_group(7, 1, (SIZE, SIZE))
    image = torch.from_numpy(group.images).permute(0, 3, 1, 2).float() / 127.5 - 1
    pose = gaussian_maps(torch.from_numpy(group.keypoints), (SIZE, SIZE), POSE_SIGMA)
    generator = torch.Generator().manual_seed(7)
    return {
        "image": image,
        "person_mask": torch.from_numpy(group.labels > 0)[:, None].float(),
        # Far from a joint a Gaussian is nothing but digits that do not compress.
        "pose": torch.where(pose < 1e-4, torch.tensor(0.0), pose),
        **{
            name: torch.randn(1, channels, SIZE // stride, SIZE // stride, generator=generator)
            for name, (stride, channels) in features.items()
        },
    }
