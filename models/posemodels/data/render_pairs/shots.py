"""What one person adds to the data set: a few pictures and the correspondences between them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import permutations

import numpy as np

from posemodels.data.render_pairs.poses import pair_poses
from posemodels.people.assets import Assets
from posemodels.people.person import random_person
from posemodels.people.rendering.correspondence import correspondence
from posemodels.people.rendering.picture import RenderedPerson
from posemodels.people.rendering.renderer import Renderer
from posemodels.people.rendering.scene import Framing, random_scene

LATTICE = 2
"""Correspondences are kept at every second pixel of every second row."""

_SHOTS_STREAM, _SCENE_STREAM = 31, 32
_WHOLE_SHARE = 0.6
"""Of the people, that are whole in all of their pictures."""
_FRAMINGS = {Framing.WHOLE: 0.4, Framing.KNEES_UP: 0.2, Framing.UPPER_HALF: 0.33, Framing.LOWER_HALF: 0.07}


@dataclass(frozen=True)
class Shots:
    """K pictures of one person and the ordered pairs of them, (0, 1), (0, 2), … (1, 0), … of source and target."""

    images: np.ndarray
    """[K, H, W, 3] uint8."""
    labels: np.ndarray
    """[K, H, W] uint8 indices into `LABEL_NAMES`."""
    joints: np.ndarray
    """[K, 18, 2] float32 in the frame, also of joints outside of it."""
    joint_states: np.ndarray
    """[K, 18, 2] bool: whether a joint lies inside of the picture, and whether it is seen."""
    positions: np.ndarray
    """[P, H / 2, W / 2, 2] float16: where in the source's frame the point lies that the target shows at pixel
    (2 r, 2 c); 0 on the background."""
    visible: np.ndarray
    """[P, H / 2, W / 2] bool: whether the source shows that point."""

    @staticmethod
    def joined(shots: list["Shots"]) -> dict[str, np.ndarray]:
        """Arrays of several people one after the other, by name."""
        return {item.name: np.concatenate([getattr(one, item.name) for one in shots]) for item in fields(Shots)}


def pair_order(pictures: int) -> list[tuple[int, int]]:
    """Source and target of the pairs of one person."""
    return [(source, target) for source, target in permutations(range(pictures), 2)]


def shoot(assets: Assets, renderer: Renderer, seed: int, pictures: int) -> Shots:
    """The pictures of the person of a seed: one light and background, sides, poses and framings of their own."""
    rng = np.random.default_rng([seed, _SHOTS_STREAM])
    person = random_person(assets, seed)
    height, width = renderer.size
    whole = rng.random() < _WHOLE_SHARE
    rendered = []
    for pose in pair_poses(rng, pictures):
        framing = Framing.WHOLE if whole else list(_FRAMINGS)[rng.choice(len(_FRAMINGS), p=list(_FRAMINGS.values()))]
        # The same stream each time: light and background stay, only the camera changes with the framing.
        scene = random_scene(person.shape, np.random.default_rng([seed, _SCENE_STREAM]), width / height, framing)
        rendered.append(renderer.render(person, pose, scene))
    matched = [_matched(rendered[source], rendered[target]) for source, target in pair_order(pictures)]
    return Shots(
        images=np.stack([picture.rgb for picture in rendered]),
        labels=np.stack([picture.labels for picture in rendered]),
        joints=np.stack([in_frame(picture.joints, renderer.size) for picture in rendered]),
        joint_states=np.stack([np.stack([picture.inside, picture.visible], axis=1) for picture in rendered]),
        positions=np.stack([positions for positions, _ in matched]),
        visible=np.stack([visible for _, visible in matched]),
    )


def in_frame(pixels: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """[..., 2] x, y in pixels (centres at +0.5) to -1..1, float32."""
    height, width = size
    return (pixels / np.array([width, height]) * 2 - 1).astype(np.float32)


def _matched(source: RenderedPerson, target: RenderedPerson) -> tuple[np.ndarray, np.ndarray]:
    found = correspondence(source, target)
    positions = in_frame(found.position, source.size)
    # Far outside of the picture it no longer matters where exactly.
    positions = np.where(target.triangle[..., None] >= 0, positions.clip(-4, 4), 0).astype(np.float16)
    return positions[::LATTICE, ::LATTICE], found.visible[::LATTICE, ::LATTICE]
