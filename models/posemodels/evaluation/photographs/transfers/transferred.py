"""Photos and what the service made of them, each read again by the service's models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from posemodels.data.photographs.person_landmarks import openpose_joints
from posemodels.errors import ConfigError
from posemodels.evaluation.photographs.reading import PhotoReader, ReadPerson
from posemodels.evaluation.photographs.transfers.report import PhotoRecord, TransferReport

_TURNS = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
"""By quarter turns clockwise; Pillow turns the other way."""


@dataclass(frozen=True)
class TransferredTarget:
    """One result."""

    pose: str
    joints: np.ndarray
    """[18, 2] where they should be, in pixels of the result; NaN where the target has no such joint."""
    image: Image.Image
    person: ReadPerson | None
    """As read in the result; None where nobody was found."""


@dataclass(frozen=True)
class TransferredPhoto:
    """A photo that was not refused. Results have its size, unless another one was asked for."""

    name: str
    source: Image.Image
    person: ReadPerson | None
    targets: tuple[TransferredTarget, ...]


def read_transfers(
    report: TransferReport, results: Path, photos: Path, reader: PhotoReader
) -> Iterator[TransferredPhoto]:
    """One photo after the other; refused photos and targets are left out."""
    for record in report.photos:
        if record.refusal is None:
            source = source_of(record, photos)
            targets = tuple(_targets(record, results, source.size, reader))
            yield TransferredPhoto(record.name, source, reader.read(source), targets)


def source_of(record: PhotoRecord, photos: Path) -> Image.Image:
    """The photo as it stands upright. Raises ConfigError where it cannot be read."""
    photo = opened(photos / record.file)
    turn = _TURNS[record.turns]
    return photo if turn is None else photo.transpose(turn)


def opened(path: Path) -> Image.Image:
    """A picture in RGB. Raises ConfigError where it cannot be read."""
    try:
        return Image.open(path).convert("RGB")
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error}") from error


def found_joints(person: ReadPerson) -> tuple[np.ndarray, np.ndarray]:
    """Places [18, 2] of the joints in pixels of the picture, and how sure they are [18]."""
    points = person.landmarks.points.astype(np.float64)
    points[:, :2] = person.points
    return openpose_joints(points)


def _targets(
    record: PhotoRecord, results: Path, size: tuple[int, int], reader: PhotoReader
) -> Iterator[TransferredTarget]:
    for target in record.targets:
        if target.file is not None:
            image = opened(results / target.file)
            scale = np.array(image.size) / np.array(size)
            yield TransferredTarget(target.pose, target.joints * scale, image, reader.read(image))
