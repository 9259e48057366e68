"""Wavefront OBJ: vertices, texture coordinates and grouped faces."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from posemodels.people.files.errors import AssetError


@dataclass(frozen=True)
class ObjMesh:
    """A mesh whose polygons were cut into triangles."""

    vertices: np.ndarray
    """[V, 3] positions."""
    uvs: np.ndarray
    """[U, 2] texture coordinates, v upwards; one at the origin where the file has none."""
    triangles: np.ndarray
    """[T, 3] indices into `vertices`."""
    uv_triangles: np.ndarray
    """[T, 3] indices into `uvs`."""
    groups: np.ndarray
    """[T] name of the group of each triangle, empty where none was named."""

    def group(self, name: str) -> np.ndarray:
        """[K, 3] vertex indices of the triangles of one group."""
        return self.triangles[self.groups == name]


def read_obj(path: Path) -> ObjMesh:
    """Reads an OBJ file. Raises AssetError where it holds no faces or a face names no vertex."""
    vertices: list[list[float]] = []
    uvs: list[list[float]] = []
    corners: list[tuple[int, int, int]] = []
    uv_corners: list[tuple[int, int, int]] = []
    groups: list[str] = []
    group = ""
    for line in path.read_text(encoding="latin1").splitlines():
        kind, *values = line.split() or [""]
        if kind == "v":
            vertices.append([float(value) for value in values[:3]])
        elif kind == "vt":
            uvs.append([float(value) for value in values[:2]])
        elif kind == "g":
            group = values[0] if values else ""
        elif kind == "f":
            polygon = [value.split("/") for value in values]
            at = [int(corner[0]) - 1 for corner in polygon]
            uv_at = [int(corner[1]) - 1 if len(corner) > 1 and corner[1] else 0 for corner in polygon]
            for k in range(1, len(at) - 1):
                corners.append((at[0], at[k], at[k + 1]))
                uv_corners.append((uv_at[0], uv_at[k], uv_at[k + 1]))
                groups.append(group)
    triangles = np.array(corners, dtype=np.int64).reshape(-1, 3)
    if not len(triangles) or triangles.max() >= len(vertices) or triangles.min() < 0:
        raise AssetError(f"{path}: no faces, or a face names a vertex that is not there")
    return ObjMesh(np.array(vertices), np.array(uvs or [[0.0, 0.0]]), triangles, np.array(uv_corners), np.array(groups))
