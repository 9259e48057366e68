"""Writes measured figures into the manifests of model folders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from posemodels.errors import ConfigError
from posemodels.training.config import PairsName

EVALUATION_COMMAND = "python3 -m posemodels evaluate --model {name}"
RENDERS_COMMAND = f"{EVALUATION_COMMAND} --rendered-pairs runs/pairs"
OF_RENDERS = "renders_"
"""What the names of a generator's figures on renders of dressed people begin with; its others are of mannequins."""
TRAINING_FILE = "training.json"
PEOPLE: Mapping[PairsName, str] = {
    "procedural": "procedurally rendered people",
    "rendered": "rendered dressed people",
}
"""Of whom the pairs are that something was trained on."""


def write_metrics(folder: Path, metrics: Mapping[str, float], command: str = EVALUATION_COMMAND) -> dict[str, Any]:
    """Puts the figures and the command that measures them into the folder's manifest, and returns it. Figures of the
    other world stay: they are of the same file, since an export begins a manifest anew."""
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from error
    golden = manifest.pop("golden", None)
    of_renders = all(name.startswith(OF_RENDERS) for name in metrics)
    kept = {
        name: value for name, value in manifest.get("metrics", {}).items() if name.startswith(OF_RENDERS) != of_renders
    }
    commands = [command, *([EVALUATION_COMMAND if of_renders else RENDERS_COMMAND] if kept else [])]
    manifest["metrics"] = kept | dict(metrics) if of_renders else dict(metrics) | kept
    manifest["metricsCommand"] = " && ".join(commands).format(name=manifest["name"])
    if golden is not None:
        manifest["golden"] = golden
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest
