"""A model folder's graph, its manifest and the variants that stand in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from posemodels.errors import ExportError
from posemodels.export.golden import read_golden
from posemodels.export.runtime import Session


class ModelFolder:
    """`manifest.json` and the graphs that it names; raises ExportError where they cannot be read.

    Variants are made of the graph that runs for every image. An encoder runs once a photo and stays exact.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            self.model = onnx.load(str(folder / self.manifest["file"]))
            encoder = self.manifest.get("encoder")
            self.encoder = None if encoder is None else onnx.load(str(folder / encoder["file"]))
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ExportError(f"cannot read the model in {folder}: {error}") from error
        if self.manifest["kind"] != "generator":
            raise ExportError(f"{folder}: variants are made of generators alone")
        self.outputs = [entry["name"] for entry in self.manifest["outputs"]]

    def likeness(self, variant: onnx.ModelProto) -> float:
        """PSNR in dB of a graph's images against the model's own on the golden inputs, as the manifest defines it."""
        golden = read_golden(self.manifest["golden"], self.folder)
        inputs = {entry["name"]: golden[entry["name"]] for entry in self.manifest["inputs"]}
        return likeness(run(self.model, self.outputs, inputs), run(variant, self.outputs, inputs))

    def add(self, name: str, variant: onnx.ModelProto, requires: Sequence[str]) -> dict[str, Any]:
        """Writes `model.NAME.onnx` and its entry in place of one of that name, the fastest first; returns the entry."""
        content = variant.SerializeToString()
        file = f"model.{name}.onnx"
        (self.folder / file).write_bytes(content)
        entry = {
            "name": name,
            "file": file,
            "sha256": hashlib.sha256(content).hexdigest(),
            "requires": list(requires),
            "psnrAgainstFp32": round(self.likeness(variant), 2),
        }
        others = [other for other in self.manifest.get("variants", []) if other["name"] != name]
        # What asks more of the machine is the faster one.
        variants = sorted([*others, entry], key=lambda item: -len(item["requires"]))
        golden = {"golden": self.manifest.pop("golden")} if "golden" in self.manifest else {}
        self.manifest |= {"variants": variants, **golden}
        text = json.dumps(self.manifest, indent=2) + "\n"
        (self.folder / "manifest.json").write_text(text, encoding="utf-8")
        return entry


def run(model: onnx.ModelProto, outputs: Sequence[str], inputs: Mapping[str, np.ndarray]) -> list[np.ndarray]:
    """One run on ONNX Runtime."""
    with Session(model.SerializeToString(), outputs) as session:
        return session.run(inputs)


def likeness(expected: Sequence[np.ndarray], found: Sequence[np.ndarray]) -> float:
    """PSNR in dB of images in [-1, 1], the error averaged over all of them; of several outputs the lowest."""
    errors = [float(np.mean((one.astype(np.float64) - other) ** 2)) for one, other in zip(expected, found)]
    return 10 * float(np.log10(4 / max(*errors, 1e-20)))
