"""Whether the weave of clothes is kept."""

from __future__ import annotations

import numpy as np
from PIL import Image

from posemodels.evaluation.photographs.reading import ReadPerson
from posemodels.evaluation.photographs.scored import Scored
from posemodels.evaluation.photographs.transfers.clothes import clothes_mask
from posemodels.evaluation.photographs.transfers.transferred import TransferredPhoto

_LEAST_PIXELS = 500
_EDGE = 2
"""Pixels next to the end of the clothes that do not count: the map's outline is that exact."""


class Sharpness:
    """Mean over results of the mean gradient over clothes against that of the source, which has the same resolution."""

    name, bar, at_most = "sharpness", 0.7, False

    def __init__(self) -> None:
        self.scores: list[Scored] = []

    def add(self, photo: TransferredPhoto) -> None:
        source = clothes_gradient(photo.source, photo.person)
        for target in photo.targets:
            ratio = clothes_gradient(target.image, target.person) / source
            if not np.isnan(ratio):
                self.scores.append(Scored(photo.name, target.pose, ratio))

    def value(self) -> float:
        return float(np.mean([scored.value for scored in self.scores])) if self.scores else float("nan")

    def details(self) -> dict[str, float]:
        poses = dict.fromkeys(scored.pose for scored in self.scores)
        return {
            f"sharpness.{pose}": float(np.mean([scored.value for scored in self.scores if scored.pose == pose]))
            for pose in poses
        }


def clothes_gradient(image: Image.Image, person: ReadPerson | None) -> float:
    """Mean magnitude of the gradient over the clothes, on the 8-bit scale; NaN where hardly any are seen."""
    if person is None:
        return float("nan")
    mask = _shrunk(clothes_mask(person.labels), _EDGE)
    if mask.sum() < _LEAST_PIXELS:
        return float("nan")
    down, across = np.gradient(np.asarray(image, np.float32), axis=(0, 1))
    return float(np.hypot(down, across).mean(2)[mask].mean())


def _shrunk(mask: np.ndarray, pixels: int) -> np.ndarray:
    """What has nothing but the mask within so many rows and columns."""
    padded = np.pad(mask, pixels)
    height, width = mask.shape
    steps = range(2 * pixels + 1)
    rows = np.logical_and.reduce([padded[step : step + height] for step in steps])
    shrunk: np.ndarray = np.logical_and.reduce([rows[:, step : step + width] for step in steps])
    return shrunk
