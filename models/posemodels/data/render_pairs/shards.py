"""The data set on disk: folders of plain arrays, each of so many people, written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from posemodels.data.render_pairs.shots import Shots
from posemodels.errors import ConfigError

DATA_SET_FILE = "data-set.json"
_NAME_DIGITS = 5


@dataclass(frozen=True, kw_only=True)
class ShardPlan:
    """What a folder holds; the same at every run that adds to it."""

    first_seed: int
    people_per_shard: int = 25
    pictures: int = 4
    """Of each person."""
    height: int = 256
    width: int = 192

    def __post_init__(self) -> None:
        if self.people_per_shard < 1 or self.pictures < 2:
            raise ConfigError(f"a shard needs people of at least two pictures each, got {self}")

    def seeds(self, shard: int) -> range:
        """Of the people of one shard."""
        first = self.first_seed + shard * self.people_per_shard
        return range(first, first + self.people_per_shard)


def write_shards(
    folder: Path, plan: ShardPlan, people: int, shoot: Callable[[int], Shots], report: Callable[[str], None]
) -> None:
    """Makes the shards that are not there yet, for at least so many people.

    Raises ConfigError where the folder was made by another plan.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _agree(folder, plan)
    for shard in range(-(-people // plan.people_per_shard)):
        path = folder / f"{shard:0{_NAME_DIGITS}}"
        if path.exists():
            continue
        _write(path, Shots.joined([shoot(seed) for seed in plan.seeds(shard)]))
        report(f"{path}: people {plan.seeds(shard)[0]} to {plan.seeds(shard)[-1]}")


def read_plan(folder: Path) -> ShardPlan:
    """Raises ConfigError where the folder is no data set."""
    try:
        return ShardPlan(**json.loads((folder / DATA_SET_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(f"{folder} holds no rendered pairs: {error}") from error


def open_shards(folder: Path) -> list[dict[str, np.ndarray]]:
    """The finished shards in order, each array mapped into memory, not read."""
    names = [item.name for item in fields(Shots)]
    paths = sorted(path for path in folder.iterdir() if path.name.isdecimal())
    return [{name: np.load(path / f"{name}.npy", mmap_mode="r") for name in names} for path in paths]


def _agree(folder: Path, plan: ShardPlan) -> None:
    path = folder / DATA_SET_FILE
    if not path.exists():
        path.write_text(json.dumps(asdict(plan)) + "\n", encoding="utf-8")
    elif read_plan(folder) != plan:
        raise ConfigError(f"{folder} holds {read_plan(folder)}, not {plan}")


def _write(path: Path, arrays: dict[str, np.ndarray]) -> None:
    partial = path.with_name(path.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    for name, array in arrays.items():
        np.save(partial / f"{name}.npy", array)
    os.replace(partial, path)
