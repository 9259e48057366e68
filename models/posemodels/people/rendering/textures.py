"""Textures on the device: those of the assets are kept, those of a person are released with them."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from posemodels.people.clothing.hair_texture import HairTexture, draw_hair

_WRINKLE_SCALES = ((4, 0.12), (9, 0.6), (20, 1.6))
_WRINKLE_SLOPE = 0.8


class Textures:
    """Uploads images, at most `largest` texels in each direction."""

    def __init__(self, context: moderngl.Context, largest: int) -> None:
        self._context, self._largest = context, largest
        self._kept: dict[Path | HairTexture, moderngl.Texture] = {}
        self.white = self.upload(np.full((2, 2, 4), 255, np.uint8))
        self.wrinkles = self.upload(_wrinkle_normals())

    def upload(self, image: np.ndarray) -> moderngl.Texture:
        """From [H, W, 3 or 4] uint8, its first row at v = 0."""
        if image.shape[2] == 3:
            image = np.dstack([image, np.full(image.shape[:2], 255, np.uint8)])
        height, width = image.shape[:2]
        texture = self._context.texture((width, height), 4, np.ascontiguousarray(image).tobytes())
        texture.build_mipmaps()
        return texture

    def get(self, source: Path | HairTexture | None) -> moderngl.Texture:
        """The texture of a file, or white."""
        if source is None:
            return self.white
        if source not in self._kept:
            image = draw_hair(source) if isinstance(source, HairTexture) else self._read(source)
            self._kept[source] = self.upload(image[::-1])
        return self._kept[source]

    def _read(self, path: Path) -> np.ndarray:
        image = Image.open(path).convert("RGBA")
        longest = max(image.size)
        if longest > self._largest:
            width, height = (self._largest * side // longest for side in image.size)
            image = image.resize((width, height), Image.Resampling.BOX)
        return np.asarray(image)


def _wrinkle_normals() -> np.ndarray:
    """[256, 256, 4] uint8 normal map of smooth folds, the same for all cloth."""
    rng = np.random.default_rng(5)
    relief = np.zeros((256, 256))
    for sigma, share in _WRINKLE_SCALES:
        relief += gaussian_filter(rng.normal(size=(256, 256)), (sigma * 1.4, sigma), mode="wrap") * sigma * share
    slope_x, slope_y = (np.roll(relief, -1, axis) - np.roll(relief, 1, axis) for axis in (1, 0))
    scale = _WRINKLE_SLOPE / np.hypot(slope_x, slope_y).std()
    normals = np.dstack([-slope_x * scale, -slope_y * scale, np.ones_like(relief)])
    normals /= np.linalg.norm(normals, axis=2, keepdims=True)
    return np.dstack([normals * 127 + 128, np.full(relief.shape, 255)]).clip(0, 255).astype(np.uint8)
