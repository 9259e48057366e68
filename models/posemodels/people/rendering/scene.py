"""Camera, light and background, drawn once a person: the scale stays the same over the person's pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from posemodels.people.body.shape import BodyShape
from posemodels.people.clothing.colors import cloth_color
from posemodels.people.clothing.noise import tileable_noise
from posemodels.people.clothing.patterns import random_fabric
from posemodels.people.rendering.camera import Camera, look_at, perspective
from posemodels.people.vectors import unit


class Framing(Enum):
    """How much of a standing person is in the picture."""

    WHOLE = "whole"
    KNEES_UP = "knees-up"
    UPPER_HALF = "upper-half"
    LOWER_HALF = "lower-half"


_SPANS = {
    Framing.WHOLE: (0.0, 1.0), Framing.KNEES_UP: (0.27, 1.0),
    Framing.UPPER_HALF: (0.45, 1.0), Framing.LOWER_HALF: (0.0, 0.62),
}  # fmt: skip
"""From and to, as shares of the height."""


@dataclass(frozen=True)
class Light:
    """A directional lamp with a shadow, and an ambient term between the colours of sky and ground; linear RGB."""

    direction: np.ndarray
    """Unit, towards the lamp."""
    color: np.ndarray
    sky: np.ndarray
    ground: np.ndarray


UNLIT = Light(unit(np.array([0, 1.0, 1])), np.zeros(3), np.ones(3), np.ones(3))
"""Surface colours, without light or shadow."""


@dataclass(frozen=True)
class Background:
    """Two colours in a gradient, and a wall's texture mixed in."""

    first: np.ndarray
    second: np.ndarray
    vertical: float
    radial: float
    """Steepness of the gradient up and outwards."""
    texture: np.ndarray | None
    """[128, 128, 3] uint8."""
    texture_share: float
    texture_repeats: float
    floor_shadow: float
    """Darkness of the shadow on the floor; 0 where there is no floor."""


@dataclass(frozen=True)
class Scene:
    """All that surrounds a person."""

    camera: Camera
    light: Light
    background: Background
    middle: np.ndarray
    """[3] of the standing person, around which the lamp's shadow is kept."""

    def unlit(self) -> "Scene":
        """The same without light, shadow and floor."""
        return replace(self, light=UNLIT, background=replace(self.background, floor_shadow=0.0))


def random_scene(shape: BodyShape, rng: np.random.Generator, aspect: float, framing: Framing | None = None) -> Scene:
    """A scene for one person and pictures of `aspect` width over height. Three in four show the whole person."""
    u = rng.uniform
    drawn = list(Framing)[int(rng.choice(4, p=[0.74, 0.1, 0.11, 0.05]))]
    low, high = _SPANS[framing or drawn]
    view, fill = np.radians(u(18, 32)), u(0.8, 0.9)
    span = shape.height * (high - low) / fill
    # Tall narrow pictures must still hold the arms.
    span = max(span, shape.height * (high - low) * 0.42 / aspect) if low == 0 and high == 1 else span
    distance = span / 2 / np.tan(view / 2)
    centre = np.array([u(-0.3, 0.3), shape.floor + shape.height * ((low + high) / 2 + 0.01), 0])
    eye = centre + np.array([0, u(-0.03, 0.08) * distance, distance])
    camera = Camera(perspective(view, aspect, 1, distance * 3) @ look_at(eye, centre), eye)
    middle = np.array([0, shape.floor + shape.height / 2, 0])
    return Scene(camera, _light(rng), _background(rng), middle)


def _light(rng: np.random.Generator) -> Light:
    u = rng.uniform
    warm = u(-0.06, 0.06)
    return Light(
        unit(np.array([u(-0.8, 0.8), u(0.5, 1.1), u(0.5, 1)])),
        np.array([1 + warm, 0.97, 0.94 - warm]) * u(0.8, 1.7),
        np.array([0.78, 0.82, 0.88]) * u(0.6, 1.05),
        np.array([0.4, 0.37, 0.34]) * u(0.7, 1.2),
    )


def _background(rng: np.random.Generator) -> Background:
    u = rng.uniform
    kind = str(rng.choice(["white", "plain", "gradient", "texture"], p=[0.25, 0.25, 0.3, 0.2]))
    first = np.ones(3) * u(0.82, 0.97) if kind == "white" else cloth_color(rng, 0.5) * 0.6 + 0.4 * u(0.3, 1)
    flat = kind in ("white", "plain")
    second = first if flat else np.clip(first * u(0.5, 1.3) + rng.normal(0, 0.05, 3), 0, 1)
    texture = _wall(rng, first) if kind == "texture" else None
    return Background(
        first,
        second,
        vertical=u(0, 1.2),
        radial=u(-0.5, 0.8),
        texture=texture,
        texture_share=0.0 if texture is None else u(0.5, 1),
        texture_repeats=u(0.4, 1.5),
        floor_shadow=u(0.2, 0.6) if rng.random() < 0.8 else 0.0,
    )


def _wall(rng: np.random.Generator, color: np.ndarray) -> np.ndarray:
    if rng.random() < 0.4:
        return random_fabric(rng, None if rng.random() < 0.4 else "melange").tile
    relief = sum(tileable_noise(rng, sigma) * share for sigma, share in ((2.0, 0.25), (6.0, 0.35), (9.0, 0.4)))
    return ((color * (0.6 + 0.6 * np.asarray(relief)[..., None])).clip(0, 1) * 255).astype(np.uint8)
