"""A model folder run by what its manifest says: tensors are named by role, nothing is written down twice."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from posemodels.errors import ConfigError
from posemodels.export.runtime import Session


class ModelFolder:
    """The graph of a folder with `manifest.json`, ready to run one example at a time."""

    def __init__(self, folder: Path, kind: str, *, threads: int = 1) -> None:
        """:raises ConfigError: no model of that kind lies there, or its graph is another than the manifest says."""
        try:
            self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            graph = (folder / self.manifest["file"]).read_bytes()
        except (OSError, ValueError, KeyError) as error:
            raise ConfigError(f"{folder} is not a model folder: {error}") from error
        if self.manifest["kind"] != kind:
            raise ConfigError(f"{folder} holds a model of kind {self.manifest['kind']}, expected {kind}")
        if hashlib.sha256(graph).hexdigest() != self.manifest["sha256"]:
            raise ConfigError(f"{folder / self.manifest['file']} has another SHA-256 than its manifest says")
        self.folder = folder
        self.inputs: list[dict[str, Any]] = self.manifest["inputs"]
        self.outputs: list[dict[str, Any]] = self.manifest["outputs"]
        self.size = (int(self.manifest["height"]), int(self.manifest["width"]))
        self._session = Session(graph, [output["name"] for output in self.outputs], threads=threads)

    def name_of(self, role: str) -> str:
        """The one output of a role. :raises ConfigError: there is none, or more than one."""
        names = [output["name"] for output in self.outputs if output["role"] == role]
        if len(names) != 1:
            raise ConfigError(f"{self.folder} has {len(names)} outputs of the role {role}, expected one")
        return str(names[0])

    def normalised(self, image: np.ndarray) -> np.ndarray:
        """[H, W, 3] uint8 RGB as the `image` input wants it, [1, 3, H, W] float32."""
        tensor = next(tensor for tensor in self.inputs if tensor["role"] == "image")
        mean, std = (np.array(tensor[key], np.float32) for key in ("mean", "std"))
        planes: np.ndarray = ((image.astype(np.float32) - mean) / std).transpose(2, 0, 1)[None]
        return planes

    def run(self, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Outputs by name."""
        return {tensor["name"]: value for tensor, value in zip(self.outputs, self._session.run(inputs), strict=True)}
