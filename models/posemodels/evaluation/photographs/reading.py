"""Photographs read as the service reads them: found, looked at, parsed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from posemodels.data.photographs.model_folder import ModelFolder
from posemodels.data.photographs.parser_batches import pose_maps
from posemodels.data.photographs.person_finder import FoundPerson, PersonFinder, largest
from posemodels.data.photographs.person_landmarks import LandmarkModel, PersonLandmarks
from posemodels.errors import ConfigError


@dataclass(frozen=True)
class ReadPerson:
    """The person who was chosen. Maps have the photo's size."""

    found: FoundPerson
    landmarks: PersonLandmarks
    mask: np.ndarray
    """[H, W] float32, the landmark model's probability of the person."""
    labels: np.ndarray
    """[H, W] uint8 index into `PERSON_LABELS`."""

    @property
    def points(self) -> np.ndarray:
        """[33, 2] landmarks in pixels of the photo."""
        return self.found.square.photo_points(self.landmarks.points[:, :2], len(self.landmarks.mask))


@dataclass(frozen=True)
class ReadPhoto:
    """One photo with what is annotated and what was read."""

    name: str
    photo: Image.Image
    truth: np.ndarray
    """[H, W] uint8 index into `PERSON_LABELS`; all skin is `face`, which joints would have to tell from limbs, and
    a dress is split at the hips that were found."""
    person: ReadPerson | None
    """None where nobody was found."""


class PhotoReader:
    """The models of the three steps."""

    def __init__(self, detector: Path, landmarks: Path, parser: Path, *, threads: int = 1) -> None:
        """:raises ConfigError: a model is missing, or the parser wants features that the landmark model has not."""
        self.finder = PersonFinder(detector, threads=threads)
        self.landmarks = LandmarkModel(landmarks, threads=threads)
        self.parser = ModelFolder(parser, "parsing", threads=threads)
        given = {tensor["name"] for tensor in self.landmarks.model.outputs if tensor["role"] == "features"}
        wanted = {tensor["name"] for tensor in self.parser.inputs if tensor["role"] == "features"}
        if not wanted <= given:
            raise ConfigError(f"{landmarks} does not give {', '.join(sorted(wanted - given))}, which {parser} reads")

    def read(self, photo: Image.Image) -> ReadPerson | None:
        """The largest person, or None."""
        found = largest(self.finder.find(photo))
        if found is None:
            return None
        size = self.landmarks.size
        square = found.square.cut(photo, size)
        seen = self.landmarks.look(square)
        scores = self._parse(square, seen)
        chance = np.exp(scores - scores.max(0))
        chance /= chance.sum(0)
        frame = (photo.height, photo.width)
        placed = np.stack([found.square.put_back(plane, frame) for plane in chance])
        # Beyond the square every probability is 0, and the background, which comes first, wins.
        labels = placed.argmax(0).astype(np.uint8)
        return ReadPerson(found, seen, found.square.put_back(seen.mask, frame), labels)

    def _parse(self, square: np.ndarray, seen: PersonLandmarks) -> np.ndarray:
        """[9, S, S] scores."""
        joints = pose_maps(seen.points[None], np.zeros(1, np.float32), (len(square), len(square)))
        by_role = {
            "image": self.parser.normalised(square),
            "personMask": seen.mask[None, None].astype(np.float32),
            "pose": joints.numpy(),
        }
        inputs = {
            tensor["name"]: seen.features[tensor["name"]] if tensor["role"] == "features" else by_role[tensor["role"]]
            for tensor in self.parser.inputs
        }
        return self.parser.run(inputs)[self.parser.name_of("scores")][0]
