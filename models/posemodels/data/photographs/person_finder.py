"""People in a whole photograph: a model of kind `persons` with the decoder `anchors`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from posemodels.data.photographs.model_folder import ModelFolder
from posemodels.data.photographs.person_square import PersonSquare

SQUARE_MARGIN = 0.25
"""What a person square's side is grown by."""

_SAME_PERSON = 0.3


@dataclass(frozen=True)
class FoundPerson:
    """A candidate: its probability, its square in the photo, and its box (left, top, right, bottom) round the face."""

    confidence: float
    square: PersonSquare
    box: tuple[float, float, float, float]


class PersonFinder:
    """Finds people in the photo letterboxed into the model's native size."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.model = ModelFolder(folder, "persons", threads=threads)
        decoder = self.model.manifest["decoder"]
        self.minimum = float(decoder["minimumConfidence"])
        self.anchors = anchor_places(self.model.size[0], decoder["strides"], decoder["anchorsPerCell"])

    def find(self, photo: Image.Image) -> list[FoundPerson]:
        """Everybody found, the surest first; of candidates that overlap much the surest alone."""
        width, height = photo.size
        longer = max(width, height)
        left, top = (longer - width) // 2, (longer - height) // 2
        boxed = Image.new("RGB", (longer, longer))
        boxed.paste(photo, (left, top))
        native = self.model.size[0]
        small = np.asarray(boxed.resize((native, native), Image.BILINEAR))
        result = self.model.run({self.model.inputs[0]["name"]: self.model.normalised(small)})
        boxes = result[self.model.name_of("boxes")].reshape(-1, 12).astype(np.float64)
        logits = result[self.model.name_of("boxScores")].ravel().astype(np.float64)
        confidence = 1 / (1 + np.exp(-np.clip(logits, -80, 80)))
        scale, shift = longer / native, np.array([left, top])
        found: list[FoundPerson] = []
        for at in np.argsort(-confidence):
            if confidence[at] < self.minimum:
                break
            person = _decoded(float(confidence[at]), boxes[at], self.anchors[at], scale, shift)
            if all(_overlap(person.box, other.box) <= _SAME_PERSON for other in found):
                found.append(person)
        return found


def largest(people: list[FoundPerson]) -> FoundPerson | None:
    """The rule by which one of several people is chosen unless the caller says otherwise."""
    return max(people, key=lambda person: person.square.side) if people else None


def anchor_places(size: int, strides: list[int], per_cell: int) -> np.ndarray:
    """[anchors, 2] middles (x, y) in input pixels; grids of equal strides in a row share their cells."""
    places: list[np.ndarray] = []
    at = 0
    while at < len(strides):
        stride, count = strides[at], 0
        while at < len(strides) and strides[at] == stride:
            count, at = count + per_cell, at + 1
        cells = (np.arange(math.ceil(size / stride)) + 0.5) * size / math.ceil(size / stride)
        y, x = np.meshgrid(cells, cells, indexing="ij")
        places.append(np.repeat(np.stack([x.ravel(), y.ravel()], 1), count, axis=0))
    return np.concatenate(places)


def _decoded(confidence: float, values: np.ndarray, anchor: np.ndarray, scale: float, shift: np.ndarray) -> FoundPerson:
    hips, circle = ((values[at : at + 2] + anchor) * scale - shift for at in (4, 6))
    across, up = circle - hips
    side = 2 * math.hypot(across, up) * (1 + SQUARE_MARGIN)
    centre, half = (values[:2] + anchor) * scale - shift, values[2:4] * scale / 2
    square = PersonSquare(float(hips[0]), float(hips[1]), float(side), math.atan2(across, -up))
    (left, top), (right, bottom) = centre - half, centre + half
    return FoundPerson(confidence, square, (float(left), float(top), float(right), float(bottom)))


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> float:
    """Intersection over union."""
    shared = max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b))
    return shared / (areas - shared) if areas > shared else 0.0
