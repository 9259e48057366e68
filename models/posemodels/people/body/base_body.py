"""The base mesh: skin, its labels, and the coordinates along limbs by which garments are cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from posemodels.people.body.helper_surface import HelperSurface
from posemodels.people.body.joints import JointSites
from posemodels.people.body.rig import Rig
from posemodels.people.files.obj_mesh import read_obj
from posemodels.people.labels import Label
from posemodels.people.part_mesh import PartMesh
from posemodels.people.vectors import unit


class BaseBody:
    """Everything about the base mesh that is the same for all people; arrays over vertices are of the base shape."""

    def __init__(self, folder: Path) -> None:
        obj = read_obj(folder / "base.obj")
        self.rest = obj.vertices
        self.rig = Rig(folder / "default.mhskel", folder / "default_weights.mhw", len(obj.vertices))
        self.joints = JointSites(folder / "openpose.mpfbskel.json", obj, self.rig)
        self.arm_share, self.leg_share, self.head_share = (
            self.rig.share(bones) for bones in (self.rig.arm, self.rig.leg, self.rig.head)
        )
        heads = np.asarray(self.rig.heads @ self.rest)
        self.on_arm = self.arm_share > 0.3
        self.along_arm = self._along(heads, ("upperarm01.L", "lowerarm01.L", "wrist.L")).clip(0)
        """[V] 0 at the shoulder, 0.5 at the elbow, 1 at the wrist; of use where `on_arm`."""
        self.along_leg = self._along(heads, ("upperleg01.L", "lowerleg01.L", "foot.L"))
        """[V] 0 at the hip, 0.5 at the knee, 1 at the ankle; negative above."""
        skin = obj.groups == "body"
        self.triangles = obj.triangles[skin]
        """[T, 3] of the skin, over base vertices."""
        self.vertices = np.unique(self.triangles)
        uv = obj.uvs[obj.uv_triangles[skin]]
        self.mesh = PartMesh(self.triangles, uv, uv * 12, self.rest, self.rig.weights)
        self.labels = self._labels()
        """[T] of the skin's triangles."""
        self.tights = HelperSurface(obj.group("helper-tights"), self.rest, self.rig, heads, by_limb=True)
        self.skirt = HelperSurface(obj.group("helper-skirt"), self.rest, self.rig, heads, by_limb=False)

    def _along(self, heads: np.ndarray, bones: tuple[str, str, str]) -> np.ndarray:
        start, middle, end = (heads[self.rig.index[bone]] for bone in bones)
        mirrored = self.rest * 1.0
        mirrored[:, 0] = np.abs(mirrored[:, 0])
        first, second = middle - start, end - middle
        bisector = unit(unit(first) + unit(second))
        on_first = (mirrored - start) @ first / (first @ first)
        on_second = (mirrored - middle) @ second / (second @ second)
        before = (mirrored - middle) @ bisector < 0
        return np.where(before, np.minimum(on_first, 1) / 2, 0.5 + np.maximum(on_second, 0) / 2)

    def _labels(self) -> np.ndarray:
        head, arm, leg = (
            share[self.triangles].mean(axis=1) for share in (self.head_share, self.arm_share, self.leg_share)
        )
        labels = np.select([head > 0.35, arm > 0.5, leg > 0.5], [Label.FACE, Label.ARMS, Label.LEGS], Label.FACE)
        low = self.rest[self.triangles][:, :, 1].mean(axis=1) < 0.8
        labels[(labels == Label.FACE) & low] = Label.LEGS
        return labels.astype(np.uint8)
