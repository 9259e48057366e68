"""Where the person stands: studio backgrounds, light and camera framing, one for all poses of a group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Scene:
    """Light and background. Colours are RGB in 0..255."""

    wall: np.ndarray
    wall_far: np.ndarray
    direction: float
    floor: np.ndarray | None
    horizon: float
    light: np.ndarray
    ambient: float
    tint: np.ndarray
    shadow: float
    clutter_seed: int | None = None


def sample_scene(rng: np.random.Generator, clutter: bool = False) -> Scene:
    """A studio: plain or gradient wall, sometimes a floor, soft light from the front.

    :param clutter: put random shapes behind the person instead of a clean wall.
    """
    if rng.random() < 0.5:
        wall = np.full(3, rng.uniform(195.0, 248.0)) + rng.normal(size=3) * 3.0
    else:
        wall = rng.uniform(60.0, 245.0) + rng.normal(size=3) * 28.0
    gradient = rng.random() < 0.55
    far = wall + (rng.normal() * 22.0 + rng.normal(size=3) * 8.0 if gradient else 0.0)
    floor = None
    if rng.random() < 0.45:
        floor = np.clip(wall * rng.uniform(0.78, 1.06) + rng.normal(size=3) * 5.0, 20.0, 252.0)
    light = np.array([rng.uniform(-0.65, 0.65), rng.uniform(-0.75, -0.2), 1.0])
    return Scene(
        wall=np.clip(wall, 20.0, 252.0),
        wall_far=np.clip(far, 20.0, 252.0),
        direction=rng.uniform(0.0, 2.0 * np.pi) if rng.random() < 0.4 else np.pi / 2.0,
        floor=floor,
        horizon=rng.uniform(0.78, 0.90),
        light=light / np.linalg.norm(light),
        ambient=rng.uniform(0.48, 0.70),
        tint=1.0 + rng.normal(size=3) * 0.02,
        shadow=rng.uniform(0.10, 0.35),
        clutter_seed=int(rng.integers(2**31)) if clutter else None,
    )


def draw_background(scene: Scene, height: int, width: int) -> np.ndarray:
    """The empty scene, [height, width, 3] float32 in 0..255."""
    y = np.linspace(0.0, 1.0, height, dtype=np.float32)[:, None]
    x = np.linspace(0.0, 1.0, width, dtype=np.float32)[None, :]
    mix = 0.5 + (x - 0.5) * np.float32(np.cos(scene.direction)) + (y - 0.5) * np.float32(np.sin(scene.direction))
    mix = np.clip(mix, 0.0, 1.0)[..., None]
    wall, far = scene.wall.astype(np.float32), scene.wall_far.astype(np.float32)
    image = wall + mix * (far - wall)
    if scene.floor is not None:
        blend = np.clip((y - np.float32(scene.horizon)) * 40.0 + 0.5, 0.0, 1.0)[..., None]
        image = image + blend * (scene.floor.astype(np.float32) - image)
    if scene.clutter_seed is not None:
        draw_clutter(image, np.random.default_rng(scene.clutter_seed))
    return image


def draw_clutter(image: np.ndarray, rng: np.random.Generator, count: tuple[int, int] = (4, 22)) -> None:
    """Draws random boxes, discs, bars and coarse textures over `image` ([H, W, 3] float32) in place."""
    height, width = image.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    if rng.random() < 0.5:
        cells = rng.integers(3, 14)
        texture = rng.normal(size=(cells, cells, 3)).astype(np.float32) * rng.uniform(8.0, 45.0)
        rows = (np.arange(height) * cells // height)[:, None]
        columns = (np.arange(width) * cells // width)[None, :]
        image += texture[rows, columns]
    for _ in range(rng.integers(*count)):
        cx, cy = rng.uniform(0, width), rng.uniform(0, height)
        long, short = np.exp(rng.uniform(np.log(4.0), np.log(height * 0.5))), np.exp(rng.uniform(1.0, 3.4))
        angle = rng.uniform(0.0, np.pi) if rng.random() < 0.6 else rng.choice((0.0, np.pi / 2.0))
        a = ((x - cx) * np.cos(angle) + (y - cy) * np.sin(angle)) / long
        b = ((y - cy) * np.cos(angle) - (x - cx) * np.sin(angle)) / short
        mask = np.maximum(np.abs(a), np.abs(b)) < 1.0 if rng.random() < 0.6 else a * a + b * b < 1.0
        color = rng.uniform(10.0, 245.0, size=3) if rng.random() < 0.7 else np.array([220.0, 172.0, 140.0])
        shade = 1.0 + rng.uniform(-0.3, 0.3) * a
        image[mask] = color.astype(np.float32) * shade[mask, None]
    np.clip(image, 0.0, 255.0, out=image)
