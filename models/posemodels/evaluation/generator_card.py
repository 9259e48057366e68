"""The model card of a generator that gives a picture alone, from its manifest and the record of its training."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from posemodels.architectures.registry import generator_architecture
from posemodels.evaluation.report import EVALUATION_COMMAND, OF_RENDERS, PEOPLE, RENDERS_COMMAND, TRAINING_FILE
from posemodels.evaluation.tables import table
from posemodels.training.config import PairsName

_CARD = """# {name} {version}

{description}

| | |
| --- | --- |
| architecture | `{architecture}` {provenance}: {network} |
| input | {inputs} at {height}x{width}; pose maps are Gaussians of sigma {sigma} |
| trained on | {samples:,} pairs of {people} in {minutes:.0f} minutes on a CPU{start} |
| configuration | `models/configs/{configuration}` |
| licence | {license} |
{figures}
## Learning curve

On 64 held-out pairs of {people}:

{curve}
{remarks}
## Limits

{limits}
"""

_MANNEQUINS = """
## Figures on mannequins

Measured by `{command}` (in `models/`) on
{pairs} pairs of rendered mannequins that it was never trained on. `ratio`: (1 - SSIM) against that of handing back the
source image. All figures are explained, and set beside those of the other generators, in `docs/evaluation.md`.

{table}
"""

_RENDERS = """
## Figures on dressed people

Measured by `{command}` (in `models/`)
on {pairs} held-out pairs (`python3 -m posemodels pairs runs/pairs/held-out --people 50 --first-seed 700000`), two in
five of them from photos that cut the person off, with true labels and joints. `ssim`, `psnr` and `l1` are of whole
pictures, `person_…` of the person's pixels; `sharpness`: the mean gradient over clothes against that of the true
picture; `…_of_copy`: of handing back the source; `predicted_…`: in labels that the layout model predicts.

{table}
"""

_LIMITS: Mapping[PairsName, str] = {
    "procedural": """\
- **Not for photographs.** It has seen rendered mannequins only: real faces, fabrics and light come out as paint. For
  photographs export published weights: `python3 -m posemodels export --checkpoint FILE.pth`.
- Plain and softly graded backgrounds only, one person, whole figure, about as large in the picture as in training.
- Fine patterns, prints and faces blur; what the source does not show (the other side of a garment) is guessed.""",
    "rendered": """\
- **Modest in photographs.** It was trained for minutes, where the published weights took days: a person is recognised
  by clothes and build, not by the face. For better ones export published weights
  (`python3 -m posemodels export --checkpoint FILE.pth`), or take the service's default generator.
- It has seen no photograph: bodies, cloth and light are those of the renders.
- What is worn or carried is background to it.
- Fine patterns, prints and faces blur; what the source does not show (the other side of a garment) is guessed.""",
}


def write_generator_card(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Writes `MODEL_CARD.md` from the manifest and, where the model is ours, its training record."""
    record_path = folder / TRAINING_FILE
    if not record_path.exists():
        return
    record = json.loads(record_path.read_text(encoding="utf-8"))
    pairs: PairsName = record.get("pairs", "procedural")
    card = _CARD.format(
        **{name: manifest[name] for name in ("name", "version", "description", "architecture", "height", "width")},
        license=manifest["license"],
        provenance=generator_architecture(manifest["architecture"]).provenance,
        inputs=", ".join(entry["name"].replace("_", " ") for entry in manifest["inputs"]),
        sigma=manifest["keypoints"]["sigma"],
        network=", ".join(f"{name} {value}" for name, value in record["network"].items()),
        samples=record["samples"],
        people=PEOPLE[pairs],
        minutes=record["minutes"],
        start=f", begun with the weights of {record['startedFrom']}" if record.get("startedFrom") else "",
        configuration=record["configuration"],
        figures=_figures(manifest),
        curve=_curve(record["curve"]),
        remarks=f"\n{record['remarks']}\n" if "remarks" in record else "",
        limits=_LIMITS[pairs],
    )
    (folder / "MODEL_CARD.md").write_text(card, encoding="utf-8")


def _figures(manifest: Mapping[str, Any]) -> str:
    """A table for each of the two worlds that were measured."""
    of_renders = {
        name[len(OF_RENDERS) :]: value for name, value in manifest["metrics"].items() if name.startswith(OF_RENDERS)
    }
    of_mannequins = {name: value for name, value in manifest["metrics"].items() if not name.startswith(OF_RENDERS)}
    worlds = ((_MANNEQUINS, EVALUATION_COMMAND, of_mannequins), (_RENDERS, RENDERS_COMMAND, of_renders))
    return "".join(
        text.format(
            command=command.format(name=manifest["name"]),
            pairs=int(figures["pairs"]),
            table=table(("figure", "value"), figures.items()),
        )
        for text, command, figures in worlds
        if figures
    )


def _curve(points: list[dict[str, float]]) -> str:
    columns = ("minutes", "samples", "height", "width", "l1", "psnr", "ssim", "ratio")
    return table(columns, [tuple(point[column] for column in columns) for point in points])
