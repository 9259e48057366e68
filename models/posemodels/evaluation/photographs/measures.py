"""Measures of finding, masking and parsing."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from posemodels.data.photographs.street_labels import PERSON_LABELS
from posemodels.evaluation.photographs.confusion import confusion, measured_iou
from posemodels.evaluation.photographs.measure import Measure
from posemodels.evaluation.photographs.reading import ReadPhoto

_ACCESSORY = PERSON_LABELS.index("accessory")
_SAME_PERSON = 0.5


class PhotoMeasure(Measure, Protocol):
    """Sees every photo once, then says what came of it."""

    def add(self, photo: ReadPhoto) -> None:
        ...


def mask_iou(photo: ReadPhoto) -> float:
    """Of what the service cuts out, all that the parser labels, with the annotated person; annotated accessories count
    for nothing."""
    return 0.0 if photo.person is None else _person_iou(photo.truth, photo.person.labels > 0)


def _person_iou(annotated: np.ndarray, person: np.ndarray) -> float:
    counted = annotated != _ACCESSORY
    truth, found = (annotated > 0) & counted, person & counted
    union = int((truth | found).sum())
    return int((truth & found).sum()) / union if union else 1.0


class Find:
    """Share of the photos whose chosen person is the annotated one."""

    name, bar, at_most = "find", 0.99, False

    def __init__(self) -> None:
        self._found: list[bool] = []

    def add(self, photo: ReadPhoto) -> None:
        self._found.append(mask_iou(photo) >= _SAME_PERSON)

    def value(self) -> float:
        return float(np.mean(self._found))

    def details(self) -> dict[str, float]:
        return {}


class Mask:
    """Mean over the photos of the intersection over union of what is cut out; beside it that of the landmark model's
    own mask, from which the parser starts."""

    name, bar, at_most = "mask", 0.94, False

    def __init__(self) -> None:
        self._iou: list[float] = []
        self._landmarks: list[float] = []

    def add(self, photo: ReadPhoto) -> None:
        self._iou.append(mask_iou(photo))
        self._landmarks.append(0.0 if photo.person is None else _person_iou(photo.truth, photo.person.mask >= 0.5))

    def value(self) -> float:
        return float(np.mean(self._iou))

    def details(self) -> dict[str, float]:
        return {"mask.landmarks": float(np.mean(self._landmarks))}


class Parsing:
    """Mean over six labels of the intersection over union pooled over all photos' pixels."""

    name, bar, at_most = "parsing", 0.80, False

    def __init__(self) -> None:
        self._counts = np.zeros((len(PERSON_LABELS),) * 2, np.int64)

    def add(self, photo: ReadPhoto) -> None:
        found = np.zeros_like(photo.truth) if photo.person is None else photo.person.labels
        self._counts += confusion(photo.truth, found)

    def value(self) -> float:
        return float(np.nanmean(list(measured_iou(self._counts).values())))

    def details(self) -> dict[str, float]:
        return {f"parsing.{name}": value for name, value in measured_iou(self._counts).items()}
