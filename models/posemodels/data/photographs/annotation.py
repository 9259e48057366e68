"""Folders of annotated photographs: NAME.jpg and NAME.png, whose values are indices into a list of labels."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from posemodels.data.photographs.street_labels import our_labels
from posemodels.errors import ConfigError

LABEL_FILE = "labels.json"


@dataclass(frozen=True)
class AnnotatedFolder:
    """The annotated photos of a folder; `labels.json` with the labels' names lies in it or beside it."""

    photos: tuple[Path, ...]
    labels: tuple[str, ...]

    @staticmethod
    def open(folder: Path) -> AnnotatedFolder:
        """:raises ConfigError: there are no photos, or no labels that can be ours."""
        photos = tuple(sorted(path for path in folder.glob("*.jpg") if path.with_suffix(".png").exists()))
        if not photos:
            raise ConfigError(f"no NAME.jpg with NAME.png in {folder}")
        path = next((at / LABEL_FILE for at in (folder, folder.parent) if (at / LABEL_FILE).exists()), None)
        if path is None:
            raise ConfigError(f"no {LABEL_FILE} in {folder} or beside it")
        try:
            labels = tuple(json.loads(path.read_text(encoding="utf-8")))
            our_labels(list(labels))
        except (OSError, ValueError) as error:
            raise ConfigError(f"cannot use {path}: {error}") from error
        return AnnotatedFolder(photos, labels)

    @property
    def table(self) -> np.ndarray:
        """[256] from the annotation's codes to indices into `PERSON_LABELS`."""
        return our_labels(list(self.labels))

    def read(self, index: int) -> tuple[Image.Image, np.ndarray]:
        """The photo in RGB and its annotation, [H, W] uint8 codes. :raises ConfigError: they do not fit each other."""
        path = self.photos[index]
        try:
            photo = Image.open(path).convert("RGB")
            codes = np.asarray(Image.open(path.with_suffix(".png")))
        except OSError as error:
            raise ConfigError(f"cannot read {path} and its annotation: {error}") from error
        if codes.shape != photo.size[::-1] or codes.dtype != np.uint8:
            raise ConfigError(f"{path.with_suffix('.png')} is not one 8-bit value for each pixel of {path.name}")
        return photo, codes
