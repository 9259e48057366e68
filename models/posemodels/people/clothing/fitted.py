"""Meshes that come with the assets and hang on the body: suits, shoes, hair, hats, eyes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import scipy.sparse as sp
from scipy.sparse import csgraph

from posemodels.people.body.base_body import BaseBody
from posemodels.people.body.rig import normalized_rows
from posemodels.people.files.material import Textures, read_textures
from posemodels.people.files.mhclo import Binding, read_mhclo
from posemodels.people.files.obj_mesh import ObjMesh, read_obj
from posemodels.people.part_mesh import PartMesh


class FittedMesh:
    """A bound mesh with its textures, its pieces and bone weights taken over from the body."""

    def __init__(self, path: Path, body: BaseBody) -> None:
        self.path = path
        self.binding: Binding = read_mhclo(path)
        material = self.binding.material
        self.textures = read_textures(material) if material else Textures()
        obj = read_obj(self.binding.mesh)
        self.pieces = _pieces(obj)
        """[T] island of the texture that each triangle belongs to, as cut by the tailor."""
        rest = self.binding.fit(body.rest)
        uv = obj.uvs[obj.uv_triangles]
        metric = uv * self._decimetres_per_uv(obj, rest)[self.pieces][:, None, None]
        self.mesh = PartMesh(obj.triangles, uv, metric, rest, self._weights(body))

    def fit(self, base: np.ndarray) -> np.ndarray:
        """[V, 3] positions on a body with [B, 3] base vertices."""
        return self.binding.fit(base)

    def _weights(self, body: BaseBody) -> sp.csr_matrix:
        shares = self.binding.weights.clip(0)
        return normalized_rows(
            sum(sp.diags(shares[:, k]) @ body.rig.weights[self.binding.references[:, k]] for k in range(3))
        )

    def _decimetres_per_uv(self, obj: ObjMesh, rest: np.ndarray) -> np.ndarray:
        """[pieces] scale from the ratio of areas, so that patterns are of one size on all pieces."""
        count = self.pieces.max() + 1
        a, b, c = (rest[obj.triangles[:, k]] for k in range(3))
        area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
        corners = obj.uvs[obj.uv_triangles]
        first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
        uv_area = np.abs(first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0])
        total, uv_total = np.bincount(self.pieces, area, count), np.bincount(self.pieces, uv_area, count)
        return np.sqrt(total / np.maximum(uv_total, 1e-9))


def _pieces(obj: ObjMesh) -> np.ndarray:
    t = obj.uv_triangles
    edges = np.concatenate([t[:, 0], t[:, 1]]), np.concatenate([t[:, 1], t[:, 2]])
    graph = sp.coo_matrix((np.ones(len(edges[0])), edges), shape=(len(obj.uvs), len(obj.uvs)))
    islands = csgraph.connected_components(graph, directed=False)[1]
    return np.unique(islands[t[:, 0]], return_inverse=True)[1]
