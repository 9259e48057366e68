"""The shape of one person: the base mesh under the targets of their traits."""

from __future__ import annotations

import itertools

import numpy as np

from posemodels.people.body.base_body import BaseBody
from posemodels.people.body.joints import HEAD_JOINTS
from posemodels.people.body.morphs import MorphTargets
from posemodels.people.body.traits import BodyTraits

_FACE_GROUPS = ("nose", "mouth", "chin", "cheek", "forehead", "head", "ears", "eyes", "eyebrows")
_BODY_GROUPS = ("torso", "hip", "measure", "buttocks")


class BodyShape:
    """Positions of all base vertices, and the measures that poses and clothes need."""

    def __init__(self, body: BaseBody, positions: np.ndarray) -> None:
        self.positions = positions
        """[V, 3] of the base mesh, helpers included."""
        skin = positions[body.vertices]
        self.floor = float(skin[:, 1].min())
        self.height = float(skin[:, 1].max()) - self.floor
        self.bone_heads = np.asarray(body.rig.heads @ positions)
        """[bones, 3]."""
        self.joints = np.asarray(body.joints.means @ positions)
        """[18, 3] at rest."""
        depth = np.array([np.sqrt(((skin - joint) ** 2).sum(axis=1).min()) for joint in self.joints])
        self.joint_tolerance = np.where(HEAD_JOINTS, 0.45, 2.6) + depth * 1.25
        """[18] how far a joint may lie behind the surface that shows there and still count as seen."""
        shoulder = self.bone_heads[body.rig.index["upperarm01.L"], 1]
        hip = self.bone_heads[body.rig.index["upperleg01.L"], 1]
        chest = (np.abs(skin[:, 0]) < 1) & (np.abs(skin[:, 1] - shoulder + 1.3) < 0.6)
        self.chest_depth = float(skin[chest, 2].max())
        """z of the front of the chest."""
        waist = (body.arm_share[body.vertices] < 0.3) & (np.abs(skin[:, 1] - hip - 0.8) < 0.3)
        self.waist_half_width = float(np.abs(skin[waist, 0]).max())


def shape_body(body: BaseBody, morphs: MorphTargets, traits: BodyTraits, rng: np.random.Generator) -> BodyShape:
    """Applies the macro targets of `traits`, and some details of face and body at random."""
    positions = body.rest.astype(np.float32)
    for age, share in (("young", 1 - traits.age), ("old", traits.age)):
        if share > 1e-3:
            _add_macros(positions, morphs, traits, age, share)
    face = morphs.of_groups(_FACE_GROUPS, without=("age",))
    for name in rng.choice(face, 14, replace=False):
        morphs.add(positions, str(name), rng.uniform(0.1, 0.55))
    details = morphs.of_groups(_BODY_GROUPS, without=("trans", "ankle"))
    for name in rng.choice(details, 4, replace=False):
        morphs.add(positions, str(name), rng.uniform(0.05, 0.3))
    return BodyShape(body, positions)


def _add_macros(positions: np.ndarray, morphs: MorphTargets, traits: BodyTraits, age: str, share: float) -> None:
    sex = traits.sex
    for ancestry, weight in traits.ancestry.items():
        morphs.add(positions, f"macrodetails/{ancestry}-{sex}-{age}", weight * share)
    muscles, weights, heights = (
        _between(value, trait)
        for value, trait in ((traits.muscle, "muscle"), (traits.weight, "weight"), (traits.height, "height"))
    )
    proportions = "idealproportions" if traits.proportions > 0 else "uncommonproportions"
    for (muscle, a), (fat, b) in itertools.product(muscles.items(), weights.items()):
        name, weight = f"{sex}-{age}-{muscle}-{fat}", a * b * share
        morphs.add(positions, f"macrodetails/universal-{name}", weight)
        morphs.add(positions, f"macrodetails/proportions/{name}-{proportions}", abs(traits.proportions) * weight)
        for height, c in heights.items():
            morphs.add(positions, f"macrodetails/height/{name}-{height}", c * weight)
        if traits.female:
            cups, firmnesses = _between(traits.cup, "cup"), _between(traits.firmness, "firmness")
            for (cup, c), (firmness, d) in itertools.product(cups.items(), firmnesses.items()):
                morphs.add(positions, f"breast/{name}-{cup}-{firmness}", weight * c * d)


def _between(value: float, trait: str) -> dict[str, float]:
    """Weights of the targets at 0, 0.5 and 1 that give `value`."""
    return {
        f"min{trait}": max(0.0, 1 - 2 * value),
        f"average{trait}": 1 - abs(2 * value - 1),
        f"max{trait}": max(0.0, 2 * value - 1),
    }
