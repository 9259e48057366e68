"""Morph targets: named displacements of the base mesh's vertices."""

from __future__ import annotations

from pathlib import Path

import numpy as np


class MorphTargets:
    """The packed targets of `targets.npz`."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as packed:
            self.names = [str(name) for name in packed["names"]]
            self._starts, self._vertices, self._deltas = packed["start"], packed["vertex"], packed["delta"]
        self._index = {name: i for i, name in enumerate(self.names)}

    def add(self, positions: np.ndarray, name: str, weight: float) -> None:
        """Adds `weight` times a target to [V, 3] `positions` in place; an unknown one is no displacement.

        The combinations of the macro targets are not all there: MakeHuman leaves out those that displace nothing.
        """
        at = self._index.get(name)
        if at is None or abs(weight) < 1e-3:
            return
        span = slice(self._starts[at], self._starts[at + 1])
        positions[self._vertices[span]] += self._deltas[span].astype(np.float32) * np.float32(weight)

    def of_groups(self, groups: tuple[str, ...], without: tuple[str, ...]) -> list[str]:
        """Names in any of `groups` that contain none of the words `without`."""
        return [
            name for name in self.names if name.split("/")[0] in groups and not any(word in name for word in without)
        ]
