"""What the program for transfers writes down. Times are milliseconds, places pixels of the upright photo."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from posemodels.errors import ConfigError

REPORT_FILE = "transfer.json"


@dataclass(frozen=True)
class TargetRecord:
    pose: str
    joints: np.ndarray
    """[18, 2] float; NaN where the target has no such joint."""
    file: str | None
    """In the folder of the report; None where the target was refused."""
    refusal: str | None
    coverage: float | None
    generate: float
    paint: float


@dataclass(frozen=True)
class PhotoRecord:
    name: str
    file: str
    turns: int
    """Quarter turns clockwise after which the person stood upright."""
    refusal: str | None
    read: float
    find: float
    parse: float
    targets: tuple[TargetRecord, ...]


@dataclass(frozen=True)
class TransferReport:
    photos: tuple[PhotoRecord, ...]
    models: dict[str, str]
    sizes: dict[int, list[float]]
    """Times of results by their long side."""
    bare: dict[str, list[float]]
    """Times of bare graphs by what the model does; of the same photos, in the same order."""

    @staticmethod
    def read_from(folder: Path) -> TransferReport:
        """Raises ConfigError where the folder holds no report."""
        path = folder / REPORT_FILE
        try:
            report = json.loads(path.read_text(encoding="utf-8"))
            photos = tuple(_photo(photo) for photo in report["photos"])
            sizes: dict[int, list[float]] = {}
            for time in report["cost"]["sizes"]:
                sizes.setdefault(time["longSide"], []).append(time["milliseconds"])
            bare: dict[str, list[float]] = {}
            for time in report["cost"]["bare"]:
                bare.setdefault(time["kind"], []).append(time["milliseconds"])
            return TransferReport(photos, report["models"], sizes, bare)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ConfigError(f"{path} is no report of transfers: {error!r}") from error

    def refusals(self) -> Counter[str]:
        """How many photos and targets were refused, by code."""
        targets = [target.refusal for photo in self.photos for target in photo.targets]
        return Counter(code for code in [*(photo.refusal for photo in self.photos), *targets] if code)


def _photo(photo: dict[str, Any]) -> PhotoRecord:
    kept = {name: photo[name] for name in ("name", "file", "turns", "refusal", "read", "find", "parse")}
    return PhotoRecord(**kept, targets=tuple(_target(target) for target in photo["targets"]))


def _target(target: dict[str, Any]) -> TargetRecord:
    kept = {name: target[name] for name in ("pose", "file", "refusal", "coverage", "generate", "paint")}
    joints = [[np.nan, np.nan] if joint is None else joint for joint in target["joints"]]
    return TargetRecord(**kept, joints=np.array(joints, np.float64))
