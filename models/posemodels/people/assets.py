"""The folder of MakeHuman assets: where it is, and what it holds."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from PIL import Image

from posemodels.people.body.base_body import BaseBody
from posemodels.people.body.morphs import MorphTargets
from posemodels.people.clothing.colors import LUMINANCE
from posemodels.people.clothing.fitted import FittedMesh
from posemodels.people.files.errors import AssetError

ASSETS_VARIABLE = "POSEMODELS_ASSETS"


def find_assets(given: Path | None = None) -> Path:
    """`given`, or the folder that the environment variable names. Raises AssetError where neither holds the assets."""
    folder = given or (Path(os.environ[ASSETS_VARIABLE]) if os.environ.get(ASSETS_VARIABLE) else None)
    if folder is None:
        raise AssetError(
            f"name the folder of the assets with --assets or {ASSETS_VARIABLE}; README.md says how to get it"
        )
    if not (folder / "base.obj").is_file():
        raise AssetError(f"{folder} holds no base.obj; README.md says how to get the assets")
    return folder


class Assets:
    """Everything read from the folder; fitted meshes are read when first asked for and kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.body = BaseBody(folder)
        self.morphs = MorphTargets(folder / "targets.npz")
        self.suits = sorted(folder.glob("clothes/*/*suit*.mhclo"))
        self.shoes = sorted(folder.glob("clothes/*/shoes*.mhclo"))
        self.hats = sorted(folder.glob("clothes/*/fedora*.mhclo"))
        self.hair = {path.stem: path for path in sorted(folder.glob("hair/*/*.mhclo"))}
        self.brows = sorted(folder.glob("eyebrows/*/*.mhclo"))
        self.lashes = sorted(folder.glob("eyelashes/*/*.mhclo"))
        self.eyes = folder / "eyes" / "high-poly" / "high-poly.mhclo"
        self.irises = sorted(folder.glob("eyes/materials/*_eye.webp"))
        self.skins = [path for path in sorted(folder.glob("skins/textures/*.webp")) if "special" not in path.name]
        self._fitted: dict[Path, FittedMesh] = {}
        self._luminances: dict[Path, tuple[np.ndarray, np.ndarray]] = {}

    def fitted(self, path: Path) -> FittedMesh:
        """The mesh of a .mhclo file."""
        if path not in self._fitted:
            self._fitted[path] = FittedMesh(path, self.body)
        return self._fitted[path]

    def luminance(self, texture: Path, uv: np.ndarray) -> float:
        """Mean luminance, 0 to 1, of the opaque texels at [N, 2] coordinates."""
        if texture not in self._luminances:
            pixels = np.asarray(Image.open(texture).convert("RGBA").reduce(8)) / 255.0
            self._luminances[texture] = pixels[..., :3] @ LUMINANCE, pixels[..., 3]
        values, alpha = self._luminances[texture]
        height, width = values.shape
        rows = ((1 - uv[:, 1]) * (height - 1)).clip(0, height - 1).astype(int)
        columns = (uv[:, 0] * (width - 1)).clip(0, width - 1).astype(int)
        opaque = alpha[rows, columns] > 0.4
        return float(values[rows, columns][opaque].mean()) if opaque.any() else 0.4
