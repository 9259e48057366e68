"""The 18 OpenPose joints on the base mesh, and which limbs may show at each when it counts as seen."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from posemodels.data.skeleton import JOINT_COUNT, JOINT_NAMES
from posemodels.people.body.rig import HEAD_LIMB, LEFT_LIMBS, LIMB_COUNT, RIGHT_LIMBS, TORSO_LIMB, Rig, vertex_means
from posemodels.people.files.obj_mesh import ObjMesh

_BONE_ENDING_AT = {
    "nose": "Neck", "neck": "MidHip", "right_eye": "REye", "left_eye": "LEye", "right_ear": "REar", "left_ear": "LEar",
}  # fmt: skip
"""Bones of the OpenPose rig are named after where they start."""

_CARRIER = {
    "shoulder": "upperarm01", "elbow": "lowerarm01", "wrist": "wrist",
    "hip": "upperleg01", "knee": "lowerleg01", "ankle": "foot",
}  # fmt: skip
_LIMBS_AT = {"shoulder": (-1, 0), "elbow": (0, 1), "wrist": (1,), "hip": (-1, 2), "knee": (2, 3), "ankle": (3,)}
"""-1 is the torso, others count from the first limb of the joint's side."""


class JointSites:
    """Where joints lie on the base mesh and what carries them."""

    def __init__(self, openpose_rig: Path, base: ObjMesh, rig: Rig) -> None:
        bones = json.loads(openpose_rig.read_text(encoding="utf-8"))["bones"]
        groups, carriers = [], []
        self.limbs = np.zeros((JOINT_COUNT, LIMB_COUNT), dtype=bool)
        """[18, limbs] which limbs' surface may show where a joint is seen."""
        for at, name in enumerate(JOINT_NAMES):
            side, _, site = name.rpartition("_")
            bone = _BONE_ENDING_AT.get(name) or side[0].upper() + site.capitalize()
            tail = bones[bone]["tail"]
            cube = tail["strategy"] == "CUBE"
            groups.append(np.unique(base.group(tail["cube_name"])) if cube else np.array(tail["vertex_indices"]))
            if site in _CARRIER:
                carriers.append(rig.index[f"{_CARRIER[site]}.{side[0].upper()}"])
                first = LEFT_LIMBS if side == "left" else RIGHT_LIMBS
                self.limbs[at, [TORSO_LIMB if limb < 0 else first + limb for limb in _LIMBS_AT[site]]] = True
            else:
                carriers.append(rig.index["spine01" if name == "neck" else "head"])
                self.limbs[at, [HEAD_LIMB, TORSO_LIMB]] = True
        self.means = vertex_means(groups, len(base.vertices))
        """[18, vertices] sparse: times the vertices, the joints at rest."""
        self.carriers = np.array(carriers)
        """[18] the bone that each joint moves with."""


HEAD_JOINTS = np.array([name.split("_")[-1] in ("nose", "eye", "ear") for name in JOINT_NAMES])
"""[18] those of the face, which anything in front of them hides."""
