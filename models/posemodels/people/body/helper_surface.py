"""Surfaces around the base mesh, tights and skirt, that morph and move with it: the cloth of garments."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from posemodels.people.body.rig import Rig
from posemodels.people.part_mesh import PartMesh
from posemodels.people.vectors import unit

_ARM_RADIUS, _LEG_RADIUS, _TRUNK_RADIUS, _SKIRT_RADIUS = 0.6, 1.1, 1.5, 2.6
"""Of the cylinders that patterns are wrapped around."""
_TEXTURE_SCALE = 0.05


class HelperSurface:
    """One helper as a part, with cylindrical coordinates for patterns around each limb.

    :param triangles: [T, 3] of the helper, over base vertices.
    :param by_limb: whether arms and legs have cylinders of their own.
    """

    def __init__(self, triangles: np.ndarray, rest: np.ndarray, rig: Rig, heads: np.ndarray, by_limb: bool) -> None:
        self.base_vertices, local = np.unique(triangles, return_inverse=True)
        """[V] the base vertex of each of the surface's own."""
        local = local.reshape(-1, 3)
        metric = self._cylinder_uvs(triangles, rest, rig, heads, by_limb)
        own_weights = rig.weights[self.base_vertices]
        self.mesh = PartMesh(local, metric * _TEXTURE_SCALE, metric, rest[self.base_vertices], own_weights)
        ends = local[:, [0, 1, 2, 1, 2, 0]].ravel(), local[:, [1, 2, 0, 0, 1, 2]].ravel()
        count = len(self.base_vertices)
        neighbours = sp.coo_matrix((np.ones(len(ends[0])), ends), shape=(count, count)).tocsr()
        self.neighbour_mean = sp.diags(1 / np.asarray(neighbours.sum(axis=1)).ravel()) @ neighbours
        """[V, V] sparse: times positions, the mean of each vertex's neighbours."""

    @staticmethod
    def _cylinder_uvs(
        triangles: np.ndarray, rest: np.ndarray, rig: Rig, heads: np.ndarray, by_limb: bool
    ) -> np.ndarray:
        points = rest[triangles]
        side = np.sign(points[:, :, 0].mean(axis=1))
        on_arm = (rig.share(rig.arm)[triangles].mean(axis=1) > 0.5) & by_limb
        on_leg = (rig.share(rig.leg)[triangles].mean(axis=1) > 0.5) & by_limb
        uv = np.zeros((len(triangles), 3, 2))

        def wrap(chosen: np.ndarray, origin: np.ndarray, down: np.ndarray, radius: float) -> None:
            forward = unit(np.array([0, 0, 1.0]) - down * down[2])
            relative = points[chosen] - origin
            angle = np.arctan2(relative @ np.cross(forward, down), relative @ forward)
            # Triangles across the seam at the back go on past half a turn.
            across = angle.max(axis=1) - angle.min(axis=1) > np.pi
            angle = np.where(across[:, None] & (angle < 0), angle + 2 * np.pi, angle)
            uv[chosen] = np.stack([angle * radius, -(relative @ down)], axis=2)

        trunk_radius = _TRUNK_RADIUS if by_limb else _SKIRT_RADIUS
        wrap(~on_arm & ~on_leg, np.array([0, 6.0, 0.1]), np.array([0, -1.0, 0]), trunk_radius)
        for suffix, sign in (("L", 1), ("R", -1)):
            for chosen, first, last, radius in (
                (on_arm, "upperarm01", "wrist", _ARM_RADIUS),
                (on_leg, "upperleg01", "foot", _LEG_RADIUS),
            ):
                start, end = heads[rig.index[f"{first}.{suffix}"]], heads[rig.index[f"{last}.{suffix}"]]
                wrap(chosen & (side * sign > 0), start, unit(end - start), radius)
        return uv
