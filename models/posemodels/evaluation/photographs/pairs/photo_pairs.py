"""Folders of real pairs: NAME.source.jpg, NAME.target.jpg and, of other systems, NAME.METHOD.jpg."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from posemodels.data.photographs.parser_batches import MINIMUM_CONFIDENCE
from posemodels.errors import ConfigError
from posemodels.evaluation.photographs.reading import PhotoReader, ReadPerson
from posemodels.evaluation.photographs.transfers.targets_file import write_targets
from posemodels.evaluation.photographs.transfers.transferred import found_joints, opened

SOURCE, TARGET = "source", "target"


@dataclass(frozen=True)
class PhotoPair:
    """One person twice, with what other systems made of the first photo for the second's pose."""

    name: str
    source: Path
    target: Path
    methods: dict[str, Path]

    @property
    def photo(self) -> str:
        """The source's name as reports have it."""
        return self.source.stem


def open_pairs(folder: Path) -> list[PhotoPair]:
    """By name. Raises ConfigError where there are none."""
    pairs = []
    for source in sorted(folder.glob(f"*.{SOURCE}.jpg")):
        name = source.name.removesuffix(f".{SOURCE}.jpg")
        files = {path.stem.removeprefix(f"{name}."): path for path in sorted(folder.glob(f"{name}.*.jpg"))}
        if TARGET in files:
            methods = {method: path for method, path in files.items() if method not in (SOURCE, TARGET)}
            pairs.append(PhotoPair(name, source, files[TARGET], methods))
    if not pairs:
        raise ConfigError(f"no NAME.{SOURCE}.jpg with NAME.{TARGET}.jpg in {folder}")
    return pairs


def write_pair_targets(pairs: list[PhotoPair], reader: PhotoReader, path: Path) -> dict[str, ReadPerson]:
    """The targets' poses as found in the true photos, in their very frames; returns who was found, by pair.

    Pairs in whose target nobody is found are left out.
    """
    people: dict[str, ReadPerson] = {}
    targets: dict[str, dict[str, np.ndarray]] = {}
    for pair in pairs:
        photo = opened(pair.target)
        person = reader.read(photo)
        if person is not None:
            people[pair.name] = person
            joints, confidence = found_joints(person)
            joints = joints / photo.size
            joints[confidence < MINIMUM_CONFIDENCE] = np.nan
            targets[pair.photo] = {TARGET: joints}
    write_targets(path, targets)
    return people
