"""Renders of people in patterned tops as photos, each with the pose of a second picture that is known with and without
the pattern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from posemodels.data.poses import LIBRARY
from posemodels.data.synthetic import LABEL_NAMES
from posemodels.evaluation.patterns import shows_pattern
from posemodels.evaluation.photographs.renders.plain_clothes import KINDS, in_plain_clothes, pattern_kind
from posemodels.evaluation.photographs.renders.rendered_photos import FACE
from posemodels.evaluation.photographs.transfers.targets_file import TARGETS_FILE, write_targets
from posemodels.people.assets import Assets
from posemodels.people.person import random_person
from posemodels.people.posing.library_pose import library_pose
from posemodels.people.rendering.picture import RenderedPerson
from posemodels.people.rendering.renderer import Renderer
from posemodels.people.rendering.scene import Framing, random_scene

SIZE = 640, 480
"""Height and width of the photos."""
_POSES = "front", "walking"
"""Of photo and target: both show the chest."""
_FIRST_SEED = 800_000
"""Held out, and none of the pairs' people."""
_MOST_TRIED = 40
_SCENE_STREAM = 41
_TOP = LABEL_NAMES.index("upper_clothes")


@dataclass(frozen=True)
class PatternCase:
    """A person in a patterned top."""

    kind: str
    source: np.ndarray
    """[H, W, 3] uint8: the photo."""
    target: np.ndarray
    """[H, W, 3] uint8 in the target's pose."""
    without: np.ndarray
    """The same without the pattern."""
    top: np.ndarray
    """[H, W] bool where the target shows the top."""
    joints: np.ndarray
    """[18, 2] of the target, as shares of the picture."""


@dataclass(frozen=True)
class PatternPhotos:
    """Photos in a folder, with a file of targets beside them."""

    folder: Path
    cases: dict[str, PatternCase] = field(default_factory=dict)
    """By photo."""

    @property
    def targets(self) -> Path:
        return self.folder / TARGETS_FILE

    @staticmethod
    def write(assets: Assets, each: int, folder: Path) -> PatternPhotos:
        """So many people for each of `KINDS`. Raises ConfigError where OpenGL cannot be used."""
        folder.mkdir(parents=True, exist_ok=True)
        photos = PatternPhotos(folder)
        for seed, case in pattern_cases(assets, Renderer(SIZE), each):
            photos.cases[f"{seed}"] = case
            Image.fromarray(case.source).save(folder / f"{seed}.jpg", quality=95, subsampling=0)
        write_targets(photos.targets, {name: {case.kind: case.joints} for name, case in photos.cases.items()})
        return photos


def pattern_cases(assets: Assets, renderer: Renderer, each: int) -> Iterator[tuple[int, PatternCase]]:
    """Seeds and people, until there are so many of each kind, always the same ones."""
    found: Counter[str] = Counter()
    for seed in range(_FIRST_SEED, _FIRST_SEED + each * len(KINDS) * _MOST_TRIED):
        if all(found[kind] >= each for kind in KINDS):
            return
        case = _case(assets, renderer, seed, wanted={kind for kind in KINDS if found[kind] < each})
        if case is not None:
            found[case.kind] += 1
            yield seed, case


def _case(assets: Assets, renderer: Renderer, seed: int, wanted: set[str]) -> PatternCase | None:
    person = random_person(assets, seed)
    top = np.flatnonzero(person.labels == _TOP)
    if not len(top) or (kind := pattern_kind(person, top)) not in wanted:
        return None
    height, width = renderer.size
    scene = random_scene(person.shape, np.random.default_rng([seed, _SCENE_STREAM]), width / height, Framing.WHOLE)
    poses = [library_pose(name, next(entry.pose for entry in LIBRARY if entry.name == name)) for name in _POSES]
    source, target = (renderer.render(person, pose, scene) for pose in poses)
    bare = in_plain_clothes(person)
    source_without, without = (renderer.render(bare, pose, scene) for pose in poses)
    if not (_shows(source, source_without) and _shows(target, without)):
        return None
    joints = target.joints / [width, height]
    joints[[joint for joint in FACE if not target.visible[joint]]] = np.nan
    return PatternCase(kind, source.rgb, target.rgb, without.rgb, target.labels == _TOP, joints)


def _shows(picture: RenderedPerson, without: RenderedPerson) -> bool:
    return shows_pattern(picture.rgb, without.rgb, picture.labels == _TOP)
