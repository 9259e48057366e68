"""MakeHuman clothes (.mhclo): how the vertices of a mesh hang on those of the base mesh."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from posemodels.people.files.errors import AssetError


@dataclass(frozen=True)
class AxisScale:
    """Offsets along an axis grow as the distance of two base vertices along it, relative to `length`."""

    first: int
    second: int
    length: float


@dataclass(frozen=True)
class Binding:
    """Each vertex is a weighted mean of three base vertices plus an offset."""

    references: np.ndarray
    """[V, 3] base vertices."""
    weights: np.ndarray
    """[V, 3], rows sum to 1; single weights may be negative."""
    offsets: np.ndarray
    """[V, 3] decimetres at the base shape's size."""
    scales: tuple[AxisScale | None, AxisScale | None, AxisScale | None]
    """For x, y and z."""
    hidden: np.ndarray
    """Base vertices that the mesh covers and that need not be drawn."""
    mesh: Path
    material: Path | None

    def fit(self, base: np.ndarray) -> np.ndarray:
        """[V, 3] positions on a body whose base vertices, helpers included, are [B, 3] `base`."""
        scale = [
            1.0 if axis is None else abs(base[axis.first, i] - base[axis.second, i]) / axis.length
            for i, axis in enumerate(self.scales)
        ]
        return (base[self.references] * self.weights[..., None]).sum(axis=1) + self.offsets * np.array(scale)


def read_mhclo(path: Path) -> Binding:
    """Reads a .mhclo file. Raises AssetError where it names no mesh or binds no vertex."""
    references: list[list[int]] = []
    weights: list[list[float]] = []
    offsets: list[list[float]] = []
    hidden: list[int] = []
    scales: dict[str, AxisScale] = {}
    files: dict[str, Path] = {}
    section = ""
    for line in path.read_text(encoding="latin1").splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        if words[0] in ("obj_file", "material"):
            files[words[0]] = path.parent / words[1]
        elif words[0] in ("x_scale", "y_scale", "z_scale"):
            scales[words[0][0]] = AxisScale(int(words[1]), int(words[2]), float(words[3]))
        elif words[0] in ("verts", "delete_verts"):
            section = words[0]
        elif section == "verts" and words[0].isdigit():
            single = len(words) == 1
            references.append([int(words[0])] * 3 if single else [int(word) for word in words[:3]])
            weights.append([1.0, 0.0, 0.0] if single else [float(word) for word in words[3:6]])
            offsets.append([0.0, 0.0, 0.0] if single else [float(word) for word in words[6:9]])
        elif section == "delete_verts":
            hidden += _ranges(words)
    if "obj_file" not in files or not references:
        raise AssetError(f"{path}: names no mesh, or binds no vertex")
    x, y, z = (scales.get(axis) for axis in "xyz")
    return Binding(
        np.array(references),
        np.array(weights),
        np.array(offsets),
        (x, y, z),
        np.array(hidden, dtype=np.int64),
        files["obj_file"],
        files.get("material"),
    )


def _ranges(words: list[str]) -> list[int]:
    """Vertices of a line such as `3 7 - 9 12`."""
    vertices: list[int] = []
    at = 0
    while at < len(words):
        if at + 2 < len(words) and words[at + 1] == "-":
            vertices += range(int(words[at]), int(words[at + 2]) + 1)
            at += 3
        else:
            vertices.append(int(words[at]))
            at += 1
    return vertices
