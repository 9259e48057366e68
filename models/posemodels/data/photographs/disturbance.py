"""How one annotated photograph becomes several: mirrored, cut to a part of the person, seen in other light."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from posemodels.data.photographs.person_square import PersonSquare

_CUT_CHANCE = 0.2
_COLOUR_CHANCE = 0.5


@dataclass(frozen=True)
class Disturbance:
    """Variant 0 of a photo is the photo; the others are drawn from its number and theirs."""

    mirrored: bool
    cut: bool
    coloured: bool
    scale: float
    """Factor of the square's side."""
    shift: tuple[float, float]
    """Of the square, as a fraction of its side."""
    turn: float
    """Radians."""

    @staticmethod
    def draw(variant: int, rng: np.random.Generator) -> Disturbance:
        if variant == 0:
            return Disturbance(False, False, False, 1.0, (0.0, 0.0), 0.0)
        x, y = rng.uniform(-0.06, 0.06, 2)
        return Disturbance(
            mirrored=variant % 2 == 1,
            cut=variant > 1 and rng.random() < _CUT_CHANCE,
            coloured=rng.random() < _COLOUR_CHANCE,
            scale=float(math.exp(rng.uniform(math.log(0.85), math.log(1.3)))),
            shift=(float(x), float(y)),
            turn=math.radians(float(rng.uniform(-12, 12))),
        )

    def moved(self, square: PersonSquare) -> PersonSquare:
        """The square somewhat beside where it was found."""
        x, y = (square.side * part for part in self.shift)
        return replace(
            square, x=square.x + x, y=square.y + y, side=square.side * self.scale, angle=square.angle + self.turn
        )


def mirrored(photo: Image.Image, codes: np.ndarray) -> tuple[Image.Image, np.ndarray]:
    return ImageOps.mirror(photo), np.ascontiguousarray(codes[:, ::-1])


def cut_part(photo: Image.Image, codes: np.ndarray, rng: np.random.Generator) -> tuple[Image.Image, np.ndarray]:
    """A photo that ends within the person: mostly below the waist, as shops show tops, sometimes above it."""
    rows = np.nonzero((codes > 0).any(1))[0]
    if len(rows) == 0:
        return photo, codes
    top, height = int(rows[0]), int(rows[-1] - rows[0] + 1)
    if rng.random() < 0.75:
        first, last = 0, top + round(height * rng.uniform(0.42, 0.8))
    else:
        first, last = top + round(height * rng.uniform(0.08, 0.35)), photo.height
    columns = np.nonzero((codes > 0).any(0))[0]
    margin = round(float(rng.uniform(0.0, 0.3)) * (columns[-1] - columns[0] + 1))
    left, right = max(0, int(columns[0]) - margin), min(photo.width, int(columns[-1]) + 1 + margin)
    return photo.crop((left, first, right, last)), np.ascontiguousarray(codes[first:last, left:right])


def recoloured(photo: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Other exposure, contrast, tint and saturation; sometimes soft, noisy or heavily compressed."""
    values = np.asarray(photo, np.float32) / 255
    values = values ** float(math.exp(rng.normal(0, 0.3)))
    grey = values.mean(2, keepdims=True)
    values = grey + (values - grey) * float(rng.uniform(0.2, 1.6))
    values = (values - 0.5) * float(math.exp(rng.normal(0, 0.2))) + 0.5
    values = values * np.exp(rng.normal(0, 0.1, 3)).astype(np.float32)
    if rng.random() < 0.3:
        values = values + rng.normal(0, rng.uniform(0.01, 0.05), values.shape).astype(np.float32)
    image = Image.fromarray((values.clip(0, 1) * 255).astype(np.uint8))
    if rng.random() < 0.3:
        image = image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.4, 1.6))))
    if rng.random() < 0.3:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=int(rng.integers(20, 70)))
        image = Image.open(stream).convert("RGB")
    return image
