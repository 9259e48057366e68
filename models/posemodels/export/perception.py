"""Exports the keypoint and the parsing network with their measured figures and model cards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from posemodels.architectures.perception.keypoint_net import STRIDE, KeypointNet
from posemodels.data.synthetic import LABEL_NAMES
from posemodels.evaluation import keypoints, segmentation
from posemodels.evaluation.conditions import Condition, held_out
from posemodels.export.manifest import ModelSpec, TensorSpec
from posemodels.export.wrapper import export_model
from posemodels.training.perception import HEATMAP_SIGMA, load_network

VERSION = "1.1.0"
_IMAGE = TensorSpec(name="image", role="image", is_image=True)

_CARD = """# {title}

{description}

| | |
| --- | --- |
| architecture | `{architecture}`, {parameters:,} parameters, input {height}x{width} RGB |
| trained on | procedurally rendered people (`posemodels.data`), {samples} |
| measured on | {people} rendered people never trained on, for each condition |
| licence | MIT |

## Figures

Measured by `{command}`.

| figure | value |
| --- | --- |
{figures}

{meaning}

## Limits

Trained on rendered people only: right for mannequin-like renders, not for photographs. For photographs plug in a
published model by manifest (`docs/model-manifest.md`). Built for one person who fills most of the picture; a
person much smaller
than half the picture's height is out of its range.
"""


def keypoint_spec(metrics: dict[str, float]) -> ModelSpec:
    return ModelSpec(
        name="keypoints",
        version=VERSION,
        kind="keypoints",
        architecture="keypoint-net",
        license="MIT",
        description="Finds the 18 joints of one person; trained on procedurally rendered people.",
        inputs=(_IMAGE,),
        outputs=(TensorSpec(name="heatmaps", role="heatmaps"),),
        sigma=HEATMAP_SIGMA,
        decoder={
            "type": "gaussianHeatmaps",
            "stride": STRIDE,
            "minimumConfidence": keypoints.MINIMUM_CONFIDENCE,
            "visibility": "peak",
        },
        metrics=metrics,
        metrics_command="python3 -m posemodels evaluate --model keypoints",
    )


def parsing_spec(metrics: dict[str, float]) -> ModelSpec:
    return ModelSpec(
        name="parsing",
        version=VERSION,
        kind="parsing",
        architecture="parsing-net",
        license="MIT",
        description="Labels hair, face, clothes, limbs, shoes of one person; trained on procedurally rendered people.",
        inputs=(_IMAGE,),
        outputs=(TensorSpec(name="scores", role="scores"),),
        labels=LABEL_NAMES,
        decoder={"type": "argmax"},
        metrics=metrics,
        metrics_command="python3 -m posemodels evaluate --model parsing",
    )


def export_perception(
    checkpoint: Path, folder: Path, size: tuple[int, int] = (128, 96), people: int = 128
) -> dict[str, Any]:
    """Exports the averaged weights of a training checkpoint, measures them and writes the model card.

    :return: the manifest.
    """
    network = load_network(checkpoint)
    example = held_out(Condition.PLAIN, 2, size).images
    if isinstance(network, KeypointNet):
        metrics, spec_of = keypoints.measure(network, size, people), keypoint_spec
        meaning = (
            "`pckh50`: share of the joints found with confidence 0.3 and closer than half the head's size (longer side "
            "of the box round nose, neck, eyes and ears). `false_joints`: share of missing joints that are reported."
        )
    else:
        metrics, spec_of = segmentation.measure(network, size, people), parsing_spec
        meaning = "`miou`: mean over the 8 labels of intersection over union, pooled over the pictures."
    spec = spec_of(metrics)
    # Evaluation reads the weights back layer by layer.
    manifest = export_model(network, {"image": example}, spec, folder, plain=True)
    figures = "\n".join(f"| {name} | {value} |" for name, value in metrics.items())
    card = _CARD.format(
        title=f"{spec.name} {spec.version}",
        description=spec.description,
        architecture=spec.architecture,
        parameters=sum(parameter.numel() for parameter in network.parameters()),
        height=size[0],
        width=size[1],
        samples=f"settings in `models/configs/{spec.name}.toml`",
        people=people,
        command=spec.metrics_command,
        figures=figures,
        meaning=meaning,
    )
    (folder / "MODEL_CARD.md").write_text(card, encoding="utf-8")
    return manifest
