"""Topology of one part of a person: triangles over corners, each with texture coordinates and bone weights."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from posemodels.people.vectors import row_normalized


class PartMesh:
    """Triangles [T, 3] over the vertices of a part, and over corners: a vertex with its texture coordinates.

    :param triangles: [T, 3] indices into the part's vertices.
    :param uv: [T, 3, 2] texture coordinates, v upwards.
    :param metric_uv: [T, 3, 2] coordinates for patterns in decimetres on the base shape.
    :param rest: [V, 3] positions on the base shape.
    :param weights: [V, bones] sparse, rows sum to 1.
    """

    def __init__(
        self, triangles: np.ndarray, uv: np.ndarray, metric_uv: np.ndarray, rest: np.ndarray, weights: sp.csr_matrix
    ) -> None:
        self.triangles, self.rest, self.weights = triangles, rest, weights
        # Vertices and coordinates that fall together become one corner; rounding makes them comparable.
        keys = np.concatenate(
            [
                triangles.reshape(-1, 1),
                np.round(uv.reshape(-1, 2) * 1e5).astype(np.int64),
                np.round(metric_uv.reshape(-1, 2) * 1e4).astype(np.int64),
            ],
            axis=1,
        )
        rows = np.ascontiguousarray(keys.astype(np.int64)).view([("", np.int64)] * 5).ravel()
        _, first, inverse = np.unique(rows, return_index=True, return_inverse=True)
        self.corner_vertex = triangles.ravel()[first]
        self.corner_uv = uv.reshape(-1, 2)[first]
        self.corner_metric_uv = metric_uv.reshape(-1, 2)[first]
        self.corner_triangles = inverse.reshape(-1, 3)
        count = len(triangles)
        self._incidence = sp.csr_matrix(
            (np.ones(3 * count), (triangles.ravel(), np.repeat(np.arange(count), 3))), shape=(len(rest), count)
        )

    def normals(self, positions: np.ndarray) -> np.ndarray:
        """[V, 3] unit normals of the part at `positions` [V, 3], triangles weighted by their area."""
        a, b, c = (positions[self.triangles[:, k]] for k in range(3))
        return row_normalized(self._incidence @ np.cross(b - a, c - a))
