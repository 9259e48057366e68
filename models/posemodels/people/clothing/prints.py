"""Prints on the chest: shapes, bands, stars and letters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from posemodels.people.clothing.colors import cloth_color

_SIZE = 128
_LETTERS = list("ABCDEFGHIKLMNOPRSTUVXYZ0123456789")


@dataclass(frozen=True)
class ChestPrint:
    """An image on the front of a garment."""

    image: np.ndarray
    """[128, 128, 4] uint8, RGBA."""
    rectangle: tuple[float, float, float, float]
    """Centre x, y and half-extents on the base shape, in decimetres."""


def random_print(rng: np.random.Generator) -> ChestPrint:
    """One to three figures over each other; one in five is a small badge on the left of the chest."""
    image = Image.new("RGBA", (_SIZE, _SIZE), (0, 0, 0, 0))
    for _ in range(int(rng.integers(1, 4))):
        _draw_figure(image, rng)
    width = rng.uniform(0.8, 2.6)
    rectangle = (0.0, float(rng.uniform(2.7, 4.4)), width / 2, width / 2 * rng.uniform(0.7, 1.3))
    if rng.random() < 0.2:
        rectangle = (0.9, 4.2, 0.3, 0.3)
    return ChestPrint(np.asarray(image), rectangle)


def _color(rng: np.random.Generator) -> tuple[int, ...]:
    return *(int(channel * 255) for channel in cloth_color(rng, 0.4)), 255


def _draw_figure(image: Image.Image, rng: np.random.Generator) -> None:
    draw = ImageDraw.Draw(image)
    kind = rng.integers(6)
    left, right = np.sort(rng.uniform(5, _SIZE - 5, 2))
    top, bottom = np.sort(rng.uniform(5, _SIZE - 5, 2))
    if kind == 0:
        draw.ellipse((left, top, right + 3, bottom + 3), fill=_color(rng))
    elif kind == 1:
        draw.ellipse((left, top, right + 9, bottom + 9), outline=_color(rng), width=int(rng.integers(3, 9)))
    elif kind == 2:
        draw.rectangle((5, top, _SIZE - 5, min(bottom, top + 40)), fill=_color(rng))
    elif kind == 3:
        points, inner, radius = int(rng.integers(3, 8)), rng.uniform(0.3, 0.9), rng.uniform(15, 55)
        turns = np.arange(2 * points) * np.pi / points
        reach = radius * np.where(np.arange(2 * points) % 2, 1, inner)
        star = zip((_SIZE / 2 + reach * np.sin(turns)).tolist(), (_SIZE / 2 + reach * np.cos(turns)).tolist())
        draw.polygon(list(star), fill=_color(rng))
    else:
        _write(image, rng)


def _write(image: Image.Image, rng: np.random.Generator) -> None:
    word = "".join(rng.choice(_LETTERS) for _ in range(int(rng.integers(1, 7))))
    letters = Image.new("L", (6 * len(word) + 2, 11))
    ImageDraw.Draw(letters).text((1, 0), word, fill=255, font=ImageFont.load_default())
    width = int(rng.uniform(0.5, 0.95) * _SIZE)
    height = int(min(width * 11 / letters.size[0] * rng.uniform(1, 1.6), _SIZE * 0.8))
    mask = letters.resize((width, height), Image.Resampling.BICUBIC).point(lambda value: 255 if value > 110 else 0)
    place = (_SIZE - width) // 2, int(rng.uniform(0, _SIZE - height))
    image.paste(Image.new("RGBA", (width, height), _color(rng)), place, mask)
