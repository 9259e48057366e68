"""Batches of pairs from a data set on disk; which ones is decided by seed and step alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from posemodels.data.render_pairs.raw_pairs import RawPairs
from posemodels.data.render_pairs.shards import open_shards, read_plan
from posemodels.data.render_pairs.shots import pair_order
from posemodels.errors import ConfigError


class PairStream:
    """Random access to the pairs of the finished shards of a folder."""

    def __init__(self, folder: Path) -> None:
        """Raises ConfigError where the folder holds no finished shard."""
        self._plan = read_plan(folder)
        self._order = pair_order(self._plan.pictures)
        self._shards = open_shards(folder)
        if not self._shards:
            raise ConfigError(f"{folder} holds no finished shard yet")

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the pictures."""
        return self._plan.height, self._plan.width

    def __len__(self) -> int:
        return len(self._shards) * self._plan.people_per_shard * len(self._order)

    def pairs(self, indices: np.ndarray, images: bool) -> RawPairs:
        """Pairs by number: people one after the other, all ordered pairs of each. images: whether to read them."""
        read = [self._read(int(index), images) for index in indices]
        pictures: dict[str, Any] = {} if images else {"source_images": None, "target_images": None}
        return RawPairs(**pictures, **{name: torch.stack([one[name] for one in read]) for name in read[0]})

    def random_indices(self, seed: int, step: int, count: int) -> np.ndarray:
        return np.random.default_rng([seed, step]).integers(len(self), size=count)

    def spread(self, count: int, chunk: int) -> list[np.ndarray]:
        """Numbers of so many pairs from the whole data set, in chunks of at most `chunk`."""
        indices = np.linspace(0, len(self) - 1, min(count, len(self))).astype(int)
        return np.array_split(indices, -(-len(indices) // chunk))

    def _read(self, index: int, images: bool) -> dict[str, Tensor]:
        per_shard = self._plan.people_per_shard * len(self._order)
        shard, at = self._shards[index // per_shard], index % per_shard
        person, pair = divmod(at, len(self._order))
        source, target = (person * self._plan.pictures + picture for picture in self._order[pair])
        read: dict[str, Tensor] = {}
        for name, picture in (("source", source), ("target", target)):
            if images:
                read[f"{name}_images"] = torch.from_numpy(shard["images"][picture].transpose(2, 0, 1).copy())
            read[f"{name}_labels"] = torch.from_numpy(shard["labels"][picture].copy())
            read[f"{name}_joints"] = torch.from_numpy(shard["joints"][picture].copy())
            read[f"{name}_states"] = torch.from_numpy(shard["joint_states"][picture].copy())
        read["positions"] = torch.from_numpy(shard["positions"][at].transpose(2, 0, 1).astype(np.float32))
        read["visible"] = torch.from_numpy(shard["visible"][at].copy())
        return read
