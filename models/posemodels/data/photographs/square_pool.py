"""Person squares of annotated photographs with all that the parser is fed, prepared once and read from disk.

The landmark model takes longer for a square than a training step does, so every photo is looked at a few times, each
time disturbed otherwise, and training draws from those.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from posemodels.data.photographs.annotation import AnnotatedFolder
from posemodels.data.photographs.disturbance import Disturbance, cut_part, mirrored, recoloured
from posemodels.data.photographs.one_piece import split_at_hips
from posemodels.data.photographs.person_finder import PersonFinder, largest
from posemodels.data.photographs.person_landmarks import LandmarkModel
from posemodels.data.photographs.person_square import PersonSquare
from posemodels.data.photographs.skin import nearest_limb
from posemodels.data.photographs.street_labels import FIRST_SKIN
from posemodels.errors import ConfigError

_STREAM = 23


@dataclass(frozen=True)
class Square:
    """One example."""

    image: np.ndarray
    """[S, S, 3] uint8 RGB."""
    mask: np.ndarray
    """[S, S] uint8, 255 times the probability of the person."""
    codes: np.ndarray
    """[S, S] uint8, the annotation's codes with skin and dresses split (`street_labels.FIRST_SKIN` and on)."""
    points: np.ndarray
    """[33, 5] float32, see `PersonLandmarks.points`."""
    features: dict[str, np.ndarray]
    """[C, h, w] float16 by name."""

    def arrays(self) -> dict[str, np.ndarray]:
        return {
            "image": self.image,
            "mask": self.mask,
            "codes": self.codes,
            "points": self.points,
            **self.features,
        }


class SquareMaker:
    """Makes any variant of any photo of a folder, always the same one."""

    def __init__(self, photos: AnnotatedFolder, finder: PersonFinder, landmarks: LandmarkModel, seed: int) -> None:
        self.photos, self.finder, self.landmarks, self.seed = photos, finder, landmarks, seed
        self._skin = photos.labels.index("skin")

    def make(self, index: int, variant: int) -> Square:
        rng = np.random.default_rng([self.seed, _STREAM, variant, index])
        disturbance = Disturbance.draw(variant, rng)
        photo, codes = self.photos.read(index)
        if disturbance.mirrored:
            photo, codes = mirrored(photo, codes)
        if disturbance.coloured:
            photo = recoloured(photo, rng)
        if disturbance.cut:
            part = cut_part(photo, codes, rng)
            square = self._find(part[0])
            if square is not None:
                photo, codes = part
        else:
            square = None
        square = disturbance.moved(square or self._find(photo) or _whole(photo))
        return self._look(photo, codes, square)

    def _find(self, photo: Image.Image) -> PersonSquare | None:
        person = largest(self.finder.find(photo))
        return None if person is None else person.square

    def _look(self, photo: Image.Image, codes: np.ndarray, square: PersonSquare) -> Square:
        size = self.landmarks.size
        image = square.cut(photo, size)
        seen = self.landmarks.look(image)
        cut = square.cut_labels(codes, size).copy()
        rows, columns = np.nonzero(cut == self._skin)
        cut[rows, columns] = FIRST_SKIN + nearest_limb(np.stack([columns, rows], 1) + 0.5, seen.points)
        cut = split_at_hips(cut, list(self.photos.labels), seen.points)
        features = {name: value[0].astype(np.float16) for name, value in seen.features.items()}
        return Square(image, np.round(seen.mask * 255).astype(np.uint8), cut, seen.points, features)


def _whole(photo: Image.Image) -> PersonSquare:
    """Where nobody was found: an upright square round the photo."""
    return PersonSquare(photo.width / 2, photo.height / 2, max(photo.size), 0.0)


def write_variant(maker: SquareMaker, variant: int, count: int, folder: Path) -> Iterator[int]:
    """Writes `variant-NN/NAME.npy` of the first `count` photos unless it is there, yielding each photo done."""
    final = variant_folder(folder, variant)
    if final.exists():
        return
    partial = final.with_name(f"{final.name}.partial")
    partial.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, np.memmap] = {}
    for index in range(count):
        for name, value in maker.make(index, variant).arrays().items():
            if name not in arrays:
                arrays[name] = np.lib.format.open_memmap(
                    partial / f"{name}.npy", mode="w+", dtype=value.dtype, shape=(count, *value.shape)
                )
            arrays[name][index] = value
        yield index
    for array in arrays.values():
        array.flush()
    os.replace(partial, final)


def variant_folder(folder: Path, variant: int) -> Path:
    return folder / f"variant-{variant:02d}"


def open_variants(folder: Path) -> list[dict[str, np.ndarray]]:
    """The arrays of every variant that is complete, by name, left on disk. :raises ConfigError: there is none."""
    found = sorted(path for path in folder.glob("variant-*") if path.suffix != ".partial")
    if not found:
        raise ConfigError(f"no person squares in {folder}: `python3 -m posemodels squares` prepares them")
    return [{path.stem: np.load(path, mmap_mode="r") for path in sorted(variant.glob("*.npy"))} for variant in found]
