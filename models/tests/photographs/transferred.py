"""Results for tests: pictures in which somebody was read whose landmarks and labels are known."""

from __future__ import annotations

import numpy as np
from PIL import Image

from posemodels.data.photographs.person_finder import FoundPerson
from posemodels.data.photographs.person_landmarks import PersonLandmarks, openpose_joints
from posemodels.data.photographs.person_square import PersonSquare
from posemodels.evaluation.photographs.reading import ReadPerson
from posemodels.evaluation.photographs.transfers.transferred import TransferredPhoto, TransferredTarget
from tests.photographs.people import landmarks

SIDE = 256
JOINTS = openpose_joints(landmarks())[0].astype(np.float64)
"""[18, 2] of the person whom `person` gives."""


def person(labels: np.ndarray | None = None, points: np.ndarray | None = None) -> ReadPerson:
    """Read in a square picture of `SIDE` pixels, which is the person's square."""
    given = np.zeros((SIDE, SIDE), np.uint8) if labels is None else labels
    seen = PersonLandmarks(landmarks() if points is None else points, 1.0, (given > 0).astype(np.float32), {})
    square = PersonSquare(SIDE / 2, SIDE / 2, SIDE, 0.0)
    return ReadPerson(FoundPerson(0.9, square, (0, 0, SIDE, SIDE)), seen, seen.mask, given)


def target(
    image: np.ndarray | None = None, read: ReadPerson | None = None, joints: np.ndarray = JOINTS
) -> TransferredTarget:
    return TransferredTarget("front", joints, picture(image), read)


def photo(
    *targets: TransferredTarget, image: np.ndarray | None = None, read: ReadPerson | None = None
) -> TransferredPhoto:
    return TransferredPhoto("somebody", picture(image), read, targets)


def picture(pixels: np.ndarray | None = None) -> Image.Image:
    """Of [H, W, 3] uint8; black by default."""
    return Image.fromarray(np.zeros((SIDE, SIDE, 3), np.uint8) if pixels is None else pixels)
