"""The layout model's card, from its manifest and the record of its training."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from posemodels.evaluation.report import PEOPLE, TRAINING_FILE
from posemodels.evaluation.tables import table

_CARD = """# {name} {version}

{description}

| | |
| --- | --- |
| architecture | `{architecture}`, our own: {parameters:,} parameters |
| input | source labels, one channel each, and the pose maps of source and target at {height}x{width}; sigma {sigma} |
| output | a score for each label and pixel of the target |
| trained on | {samples:,} pairs of {people} in {minutes:.0f} minutes on a shared CPU core |
| configuration | `models/configs/{configuration}` |
| licence | {license} |

What the source wears is read at {points} points that are fixed to the body, and written to the same points of the
target; a small U-Net on the target's pose draws the outlines. Trained with labels and joints that are
moved, dropped and frayed as those that networks find in photos, and with targets of other
size and place than the source.

## Figures

Measured by `{command}` (in `models/`) on {pairs} pairs of rendered people that it was never trained on.

{figures}

`miou`: mean over the 8 labels of intersection over union, pooled over the pictures, from the source's true labels and
joints, and `iou_…` of each label; `perceived`: with labels and joints that our parsing and keypoint models find in the
source's picture; `behind`: targets seen from behind alone; `of_copy`: of handing back the source's map.

## Learning curve

On held-out pairs:

{curve}

## Limits

- Trained on rendered people only: it knows their garments (tops, trousers, skirts) and proportions.
- What the source does not show is guessed: hair and neckline of the other side, a hem that is cut off.
- Whether an arm is before or behind the body shows in no pose of 18 joints; a missing joint makes its limb a guess.
"""


def write_layout_card(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Writes `MODEL_CARD.md` where the training record is there."""
    path = folder / TRAINING_FILE
    if not path.exists():
        return
    record = json.loads(path.read_text(encoding="utf-8"))
    columns = ("minutes", "samples", "height", "width", "miou")
    card = _CARD.format(
        **{name: manifest[name] for name in ("name", "version", "description", "architecture", "height", "width")},
        **{name: record[name] for name in ("parameters", "points", "samples", "minutes", "configuration")},
        people=PEOPLE[record.get("pairs", "procedural")],
        license=manifest["license"],
        sigma=manifest["keypoints"]["sigma"],
        command=manifest["metricsCommand"],
        pairs=int(manifest["metrics"]["pairs"]),
        figures=table(("figure", "value"), manifest["metrics"].items()),
        curve=table(columns, [tuple(point[column] for column in columns) for point in record["curve"]]),
    )
    (folder / "MODEL_CARD.md").write_text(card, encoding="utf-8")
