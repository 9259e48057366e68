"""Any number of pictures of the person of a seed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from posemodels.people.assets import Assets
from posemodels.people.person import random_person
from posemodels.people.posing.person_pose import PersonPose
from posemodels.people.posing.random_pose import random_pose
from posemodels.people.rendering.picture import RenderedPerson
from posemodels.people.rendering.renderer import Renderer
from posemodels.people.rendering.scene import Framing, random_scene

_SCENE_STREAM = 12


def render_person(
    assets: Assets,
    renderer: Renderer,
    seed: int,
    poses: int | Sequence[PersonPose] = 2,
    framing: Framing | None = None,
    lit: bool = True,
) -> list[RenderedPerson]:
    """Pictures of one person before one background, at one scale and under one light.

    :param poses: how many at random, or which.
    :param framing: how much of the person is in the picture; None leaves it to the seed.
    :param lit: False for surface colours alone, which do not change with the pose.
    """
    person = random_person(assets, seed)
    rng = np.random.default_rng([seed, _SCENE_STREAM])
    height, width = renderer.size
    scene = random_scene(person.shape, rng, width / height, framing)
    scene = scene if lit else scene.unlit()
    chosen = [random_pose(rng) for _ in range(poses)] if isinstance(poses, int) else poses
    return [renderer.render(person, pose, scene) for pose in chosen]
