"""Fabrics: fifteen kinds of pattern as tiles that repeat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from posemodels.people.clothing.colors import cloth_color, hsv
from posemodels.people.clothing.noise import tileable_noise

_SIZE = 128


@dataclass(frozen=True)
class Fabric:
    """A pattern and its scale."""

    kind: str
    tile: np.ndarray
    """[128, 128, 3] uint8."""
    width: float
    """Decimetres of one tile."""


class _Tile:
    """What a pattern is drawn with: colours, of which the first two differ clearly, and texel coordinates in 0 to 1."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.colors = [cloth_color(rng) for _ in range(4)]
        while np.abs(self.colors[0] - self.colors[1]).sum() < 0.5:
            self.colors[1] = cloth_color(rng, 0.3)
        self.y, self.x = np.mgrid[:_SIZE, :_SIZE] / _SIZE
        self.width = float(rng.uniform(0.8, 3))
        self.duty = float(rng.uniform(0.15, 0.6))
        self.repeats = int(rng.integers(1, 4))

    def plain(self) -> np.ndarray:
        return np.broadcast_to(self.colors[0], (_SIZE, _SIZE, 3)).copy()

    def mix(self, share: np.ndarray) -> np.ndarray:
        """The first colour, and the second as far as `share` [H, W]."""
        return self.colors[0] * (1 - share[..., None]) + self.colors[1] * share[..., None]


def _melange(tile: _Tile) -> np.ndarray:
    tile.width = 1.2
    fibres = tileable_noise(tile.rng, 1, 2)[..., None] - 0.5
    return tile.colors[0] * (1 + fibres * tile.rng.uniform(0.2, 0.6))


def _knit(tile: _Tile) -> np.ndarray:
    tile.width = float(tile.rng.uniform(0.6, 1.5))
    slant = 0.5 * np.abs((16 * tile.y) % 2 - 1)
    return tile.colors[0] * (0.75 + 0.35 * np.abs(np.sin(np.pi * (8 * tile.x + slant)))[..., None])


def _denim(tile: _Tile) -> np.ndarray:
    rng = tile.rng
    tile.width = 2.0
    color = hsv(rng.uniform(0.57, 0.63), rng.uniform(0.3, 0.65), rng.uniform(0.25, 0.6))
    twill, wash = tileable_noise(rng, 0.7, 3) - 0.5, tileable_noise(rng, 12) - 0.5
    return color * (1 + twill[..., None] * 0.35 + wash[..., None] * 0.3)


def _stripes(tile: _Tile, along: np.ndarray) -> np.ndarray:
    drawn = tile.mix(((along * tile.repeats) % 1 < tile.duty).astype(float))
    if tile.rng.random() < 0.35:
        drawn[((along * tile.repeats + 0.5) % 1) < tile.duty / 3] = tile.colors[2]
    return drawn


def _check(tile: _Tile) -> np.ndarray:
    return tile.mix(((tile.x * 4 % 1 < 0.5).astype(float) + (tile.y * 4 % 1 < 0.5)) / 2)


def _tartan(tile: _Tile) -> np.ndarray:
    drawn = tile.mix(((tile.x < tile.duty) * 0.5) + ((tile.y < tile.duty) * 0.5))
    drawn[(np.abs(tile.x - 0.8) < 0.02) | (np.abs(tile.y - 0.8) < 0.02)] = tile.colors[2]
    return drawn


def _dots(tile: _Tile) -> np.ndarray:
    tile.width *= 1.3
    rows = 2 * tile.repeats
    offset = (np.floor(tile.x * rows) % 2) * 0.5
    distance = np.hypot((tile.x * rows) % 1 - 0.5, ((tile.y * rows + offset) % 1) - 0.5)
    return tile.mix((distance < tile.rng.uniform(0.1, 0.35)).astype(float))


def _zigzag(tile: _Tile) -> np.ndarray:
    return tile.mix(((tile.y * 4 + 0.35 * np.abs((tile.x * 8) % 2 - 1)) % 1 < tile.duty).astype(float))


def _patches(tile: _Tile, sigma: float) -> np.ndarray:
    first, second = tileable_noise(tile.rng, sigma), tileable_noise(tile.rng, sigma)
    drawn = tile.plain()
    drawn[first > 0.6], drawn[second > 0.7], drawn[first < 0.2] = tile.colors[1], tile.colors[2], tile.colors[3]
    return drawn


def _camouflage(tile: _Tile) -> np.ndarray:
    shades = [[0.3, 0.33, 0.2], [0.45, 0.42, 0.3], [0.2, 0.18, 0.13], [0.12, 0.14, 0.1]]
    tile.colors = [np.array(shade) * tile.rng.uniform(0.7, 1.2) for shade in shades]
    tile.width = 3.0
    return _patches(tile, 9.0)


def _animal(tile: _Tile) -> np.ndarray:
    return tile.mix((np.abs(tileable_noise(tile.rng, 3.0) - 0.5) < 0.12).astype(float))


def _flowers(tile: _Tile) -> np.ndarray:
    rng = tile.rng
    tile.width *= 1.3
    petals = [hsv(rng.random(), 0.7, 0.8) if rng.random() < 0.5 else tile.colors[i % 3 + 1] for i in range(4)]
    image = Image.new("RGB", (_SIZE, _SIZE), _bytes(tile.colors[0]))
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(6, 20))):
        x, y, radius, count = rng.random() * _SIZE, rng.random() * _SIZE, rng.uniform(4, 12), int(rng.integers(4, 7))
        color = petals[rng.integers(3)]
        for dx in (-_SIZE, 0, _SIZE):
            for dy in (-_SIZE, 0, _SIZE):
                for angle in np.arange(count) * 2 * np.pi / count:
                    px, py = x + dx + radius * np.cos(angle), y + dy + radius * np.sin(angle)
                    draw.ellipse(_circle(px, py, radius * 0.6), fill=_bytes(color))
                draw.ellipse(_circle(x + dx, y + dy, radius * 0.4), fill=_bytes(petals[3]))
    return np.asarray(image) / 255.0


def _circle(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return x - radius, y - radius, x + radius, y + radius


def _bytes(color: np.ndarray) -> tuple[int, int, int]:
    r, g, b = (int(channel * 255) for channel in np.clip(color, 0, 1))
    return r, g, b


_KINDS: dict[str, tuple[float, Callable[[_Tile], np.ndarray]]] = {
    "plain": (0.24, _Tile.plain),
    "melange": (0.10, _melange),
    "horizontal-stripes": (0.09, lambda tile: _stripes(tile, tile.y)),
    "vertical-stripes": (0.06, lambda tile: _stripes(tile, tile.x)),
    "diagonal-stripes": (0.03, lambda tile: _stripes(tile, tile.x + tile.y)),
    "check": (0.06, _check),
    "tartan": (0.06, _tartan),
    "dots": (0.06, _dots),
    "blobs": (0.05, lambda tile: _patches(tile, 6.0)),
    "flowers": (0.07, _flowers),
    "zigzag": (0.03, _zigzag),
    "camouflage": (0.03, _camouflage),
    "denim": (0.06, _denim),
    "knit": (0.04, _knit),
    "animal": (0.02, _animal),
}
"""How often each is drawn, and by what."""

PATTERNS = tuple(_KINDS)
CALM_PATTERNS = ("plain", "denim", "melange", "knit")
"""Those without a figure."""


def random_fabric(rng: np.random.Generator, kind: str | None = None) -> Fabric:
    """A fabric of one of `PATTERNS`, at random where `kind` is None."""
    kind = kind or str(rng.choice(PATTERNS, p=[share for share, _ in _KINDS.values()]))
    tile = _Tile(rng)
    drawn = _KINDS[kind][1](tile)
    return Fabric(kind, (np.clip(drawn, 0, 1) * 255).astype(np.uint8), tile.width)
