"""The square of a photograph that one person is looked at in, turned so that the person stands upright."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

_MOST_SAMPLES = 16


@dataclass(frozen=True)
class PersonSquare:
    """In pixels of the photo, whose left upper corner is (0, 0); `angle` is clockwise in radians, 0 is upright."""

    x: float
    y: float
    side: float
    angle: float

    def cut(self, image: Image.Image, size: int) -> np.ndarray:
        """The square at `size` x `size`, each pixel the mean of the area it covers; black outside the photo."""
        samples = min(max(1, math.ceil(self.side / size - 0.25)), _MOST_SAMPLES)
        fine = image.transform((size * samples,) * 2, Image.AFFINE, self._to_photo(size * samples), Image.BILINEAR)
        return np.asarray(fine.reduce(samples) if samples > 1 else fine)

    def cut_labels(self, labels: np.ndarray, size: int) -> np.ndarray:
        """[H, W] uint8 labels of the photo as [size, size]; 0 outside it."""
        source = Image.fromarray(labels)
        return np.asarray(source.transform((size, size), Image.AFFINE, self._to_photo(size), Image.NEAREST))

    def put_back(self, map_: np.ndarray, photo: tuple[int, int]) -> np.ndarray:
        """A float32 map of the square, [S, S], at the photo's height and width; 0 outside the square."""
        height, width = photo
        source = Image.fromarray(map_.astype(np.float32), "F")
        placed = source.transform((width, height), Image.AFFINE, self._from_photo(len(map_)), Image.BILINEAR)
        return np.asarray(placed)

    def photo_points(self, points: np.ndarray, size: int) -> np.ndarray:
        """[..., 2] places (x, y) in the square at `size` as places in the photo."""
        a, b, c, d, e, f = self._to_photo(size)
        return points @ np.array([[a, d], [b, e]]) + np.array([c, f])

    def _to_photo(self, size: int) -> tuple[float, float, float, float, float, float]:
        scale = self.side / size
        cos, sin = scale * math.cos(self.angle), scale * math.sin(self.angle)
        half = size / 2
        return (cos, -sin, self.x - (cos - sin) * half, sin, cos, self.y - (sin + cos) * half)

    def _from_photo(self, size: int) -> tuple[float, float, float, float, float, float]:
        scale = size / self.side
        cos, sin = scale * math.cos(self.angle), scale * math.sin(self.angle)
        half = size / 2
        return (cos, sin, half - cos * self.x - sin * self.y, -sin, cos, half + sin * self.x - cos * self.y)
