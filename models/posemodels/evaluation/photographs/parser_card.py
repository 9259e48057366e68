"""The model card of the parser for photographs, from its manifest and the record of its training."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

from posemodels.data.photographs.street_labels import STREET_LABELS
from posemodels.errors import ConfigError
from posemodels.evaluation.report import TRAINING_FILE
from posemodels.evaluation.tables import table

_CARD = """# {name} {version}

{description}

| | |
| --- | --- |
| architecture | `{architecture}`, our own: {parameters:,} parameters \
(`models/posemodels/architectures/perception/person_parser.py`) |
| input | the person square at {height}x{width}: photo, person mask, maps of 18 joints (sigma {sigma}), and the \
activations {features} of the landmark network |
| output | scores of {labels} |
| trained on | 720 annotated street photographs (Clothing Co-Parsing), {steps:,} batches of {batch}, in {minutes} \
minutes on one shared CPU core |
| configuration | `models/configs/{configuration}` |
| licence | {license} |

The photographs are those of clothing-co-parsing (commit fe34fb7, licence file Apache-2.0). They served to train this
network and to measure it; its weights hold none of them, and none is shown or shipped.

## Trained by

    python3 -m posemodels squares --photos PHOTOS --output SQUARES   # with the landmark model's folders in models/
    python3 -m posemodels train configs/person-parsing.toml
    python3 -m posemodels export --model person-parsing --checkpoint runs/person-parsing/checkpoint.pt

## Figures

Intersection over union, pooled over all pixels of the photographs, in the whole pipeline: found, looked at, parsed, put
back. `skin` is face, arms and legs; pixels annotated as accessories do not count.

- `held_out`: the last 80 photographs of the training folder, by which the training was judged, measured by
  `python3 -m posemodels evaluate --photos PHOTOS --last 80`.
- `photos`: 100 others, measured by `python3 -m posemodels evaluate --photos FOLDER`. They were measured twice: after
  3,000 steps, with dresses as upper clothes to their hems in training and in truth (mean 0.779, held out 0.782), and
  at the end. What changed in between, where a dress is split, was decided by the errors on the photographs held out,
  and changes what the figure means: a network that is to know dresses as one piece is measured on a harder task.

{figures}

## Where clothes end

| label | what is annotated as |
| --- | --- |
{streets}

`skin` goes to face (with neck and a bare torso), arms or legs, to the nearest bone.

- A **dress** or romper is `upper_clothes` above the hips and `lower_clothes` below them, as in our renders, in training
  and in the figures: a photo does not tell whether a top and a skirt of one cloth are one garment. The line goes
  through the hips that the landmark network finds.
- A **coat** or a suit's jacket is `upper_clothes` down to its hem.
- **Tights, stockings and socks** are `legs`, leggings are `lower_clothes`.
- **Hats, bags, glasses, belts, scarves, ties and jewellery** are `accessory`.

## Limits

- One person, found before; another person who stands close may be taken for part of them where the mask is wrong.
- The square has {height} pixels for the whole person: straps, jewellery and fingers get lost.
- Trained on street fashion, mostly young women in whole figure. Uniforms, wheelchairs and lying people were hardly
  seen. Pictures that end at the waist were made from whole ones.
- Tights and leggings, and a dress and a long coat, are told apart no better than the annotation does.
- Accessories are annotated carelessly, and found accordingly. Shaved heads may be taken for hair.
"""

_OF_MANIFEST = ("name", "version", "description", "architecture", "height", "width", "license")


def record_figures(folder: Path, which: str, figures: Mapping[str, float]) -> None:
    """Puts figures of one set of photos into the parser's manifest, under names that end in `which`, and into the card.

    :raises ConfigError: the folder holds no such model with the record of its training.
    """
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        training = json.loads((folder / TRAINING_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{folder} holds no parser with the record of its training: {error}") from error
    metrics = {name: value for name, value in manifest["metrics"].items() if not name.endswith(f"_{which}")}
    metrics |= {f"{name}_{which}": round(value, 4) for name, value in figures.items() if not math.isnan(value)}
    manifest["metrics"] = metrics
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    card = _CARD.format(
        **{
            key: manifest[key]
            for key in ("name", "version", "description", "architecture", "height", "width", "license")
        },
        **training,
        sigma=manifest["keypoints"]["sigma"],
        features=", ".join(f"`{entry['name']}`" for entry in manifest["inputs"] if entry["role"] == "features"),
        labels=", ".join(manifest["labels"]),
        figures=table(("figure", "value"), metrics.items()),
        streets="\n".join(f"| `{label}` | {', '.join(names)} |" for label, names in STREET_LABELS.items()),
    )
    (folder / "MODEL_CARD.md").write_text(card, encoding="utf-8")
