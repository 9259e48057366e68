"""The model card of the generator for photographs, from its manifest and the record of its training."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from posemodels.evaluation.report import TRAINING_FILE
from posemodels.evaluation.tables import table

COMMAND = "python3 -m posemodels evaluate --model {name} --rendered-pairs runs/pairs"

_CARD = """# {name} {version}

{description}

| | |
| --- | --- |
| architecture | `{architecture}`, our own: {geometry[parameters]:,} + {color[parameters]:,} parameters |
| input | photo, joints, parsing map of nine labels, target's joints; person's frame, {height}x{width}, sigma {sigma} |
| output | person before mid-grey, {height}x{width}; flow, visibility and target's labels at half of that |
| geometry | {geometry[samples]:,} pairs, {geometry[minutes]:.0f} min; `models/configs/flow-transfer-geometry.toml` |
| colours | {color[samples]:,} pairs, {color[minutes]:.0f} min; `models/configs/flow-transfer-color.toml` |
| trained on | rendered pairs, on a share of two busy CPU cores |
| licence | {license} |

Each part of the body proposes where a place of the target lies in the photo; a network that never sees a colour
chooses among the proposals, corrects them, says what the photo shows, and draws the target's labels. A second network
keeps the pixels that were carried and paints the rest from the mean looks of each garment. No photograph was used in
training; the perceptual loss is ResNet-18's (NuGet Microsoft.ML.DnnImageFeaturizer.ResNet18), which does not ship.

## Figures

Measured by `{command}` (in `models/`)
on {pairs} held-out pairs (`python3 -m posemodels pairs runs/pairs/held-out --people 50 --first-seed 700000`), two in
five of them from photos that cut the person off, with true labels and joints.

{figures}

`position_error`: mean over visible surface of the errors in x and y together, in pixels of the flow;
`visibility_accuracy`: over the person's pixels; `label_miou`: of the target's labels. The others are taken over the
person's pixels of the picture: `l1` as a share of the value range, `psnr` in decibels, `ssim`, and `sharpness`, the
mean gradient over clothes against that of the true picture; `of_warp`: of the photo carried by the flow, with nothing
painted.

## Learning curve of the geometry

{geometry_curve}

## Learning curve of the colours

{color_curve}

## Limits

- Early in its training: see the numbers of pairs above. The same two commands go on from their checkpoints.
- The person's body is that of the renders: bags and other things that cover it are left out, not carried along.
- Surface that the photo does not show is painted in the garment's mean looks: the pattern of a back is not invented.
- Which of two limbs is in front shows in no pose of 18 joints.
"""


def write_flow_transfer_card(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Writes `MODEL_CARD.md` where the training record is there."""
    path = folder / TRAINING_FILE
    if not path.exists():
        return
    record = json.loads(path.read_text(encoding="utf-8"))
    card = _CARD.format(
        **{name: manifest[name] for name in ("name", "version", "description", "architecture", "height", "width")},
        license=manifest["license"],
        sigma=manifest["keypoints"]["sigma"],
        command=manifest["metricsCommand"],
        pairs=int(manifest["metrics"]["pairs"]),
        figures=table(("figure", "value"), manifest["metrics"].items()),
        geometry=record["geometry"],
        color=record["color"],
        geometry_curve=_curve(record["geometry"]["curve"]),
        color_curve=_curve(record["color"]["curve"]),
    )
    (folder / "MODEL_CARD.md").write_text(card, encoding="utf-8")


def _curve(points: list[dict[str, float]]) -> str:
    if not points:
        return "Not measured yet."
    columns = [name for name in points[-1] if name != "step"]
    return table(columns, [tuple(point[name] for name in columns) for point in points])
