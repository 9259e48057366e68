"""Writes measured figures into the model folders: manifests and model cards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from posemodels.architectures.registry import generator_architecture
from posemodels.errors import ConfigError
from posemodels.evaluation.tables import table

EVALUATION_COMMAND = "python3 -m posemodels evaluate --model {name}"
TRAINING_FILE = "training.json"

_CARD = """# {name} {version}

{description}

| | |
| --- | --- |
| architecture | `{architecture}` {provenance}: {network} |
| input | {inputs} at {height}x{width}; pose maps are Gaussians of sigma {sigma} |
| trained on | {samples:,} pairs of procedurally rendered people in {minutes:.0f} minutes on a CPU |
| configuration | `models/configs/{configuration}` |
| licence | {license} |

## Figures

Measured by `{command}` (in `models/`) on
{pairs} pairs of rendered people that it was never trained on. `ratio`: (1 - SSIM) against that of handing back the
source image. All figures are explained, and set beside those of the other generators, in `docs/evaluation.md`.

{figures}

## Learning curve

On 64 held-out pairs:

{curve}
{remarks}
## Limits

- **Not for photographs.** It has seen rendered mannequins only: real faces, fabrics and light come out as paint. For
  photographs export published weights: `python3 -m posemodels export --checkpoint FILE.pth`.
- Plain and softly graded backgrounds only, one person, whole figure, about as large in the picture as in training.
- Fine patterns, prints and faces blur; what the source does not show (the other side of a garment) is guessed.
"""


def write_metrics(folder: Path, metrics: Mapping[str, float], command: str = EVALUATION_COMMAND) -> dict[str, Any]:
    """Puts the figures and the command that measures them into the folder's manifest, and returns it."""
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from error
    golden = manifest.pop("golden", None)
    manifest["metrics"] = dict(metrics)
    manifest["metricsCommand"] = command.format(name=manifest["name"])
    if golden is not None:
        manifest["golden"] = golden
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest


def write_generator_card(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Writes `MODEL_CARD.md` from the manifest and, where the model is ours, its training record."""
    record_path = folder / TRAINING_FILE
    if not record_path.exists():
        return
    record = json.loads(record_path.read_text(encoding="utf-8"))
    card = _CARD.format(
        **{name: manifest[name] for name in ("name", "version", "description", "architecture", "height", "width")},
        license=manifest["license"],
        provenance=generator_architecture(manifest["architecture"]).provenance,
        inputs=", ".join(entry["name"].replace("_", " ") for entry in manifest["inputs"]),
        sigma=manifest["keypoints"]["sigma"],
        network=", ".join(f"{name} {value}" for name, value in record["network"].items()),
        samples=record["samples"],
        minutes=record["minutes"],
        configuration=record["configuration"],
        command=manifest["metricsCommand"],
        pairs=int(manifest["metrics"]["pairs"]),
        figures=table(("figure", "value"), manifest["metrics"].items()),
        curve=_curve(record["curve"]),
        remarks=f"\n{record['remarks']}\n" if "remarks" in record else "",
    )
    (folder / "MODEL_CARD.md").write_text(card, encoding="utf-8")


def _curve(points: list[dict[str, float]]) -> str:
    columns = ("minutes", "samples", "height", "width", "l1", "psnr", "ssim", "ratio")
    return table(columns, [tuple(point[column] for column in columns) for point in points])
