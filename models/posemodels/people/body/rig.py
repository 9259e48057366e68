"""The bones of the base mesh: hierarchy, heads and tails as means of vertices, and skinning weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import scipy.sparse as sp

_ARM = ("upperarm", "lowerarm", "wrist", "metacarpal", "finger")
_LEG = ("upperleg", "lowerleg", "foot", "toe")
_TORSO = ("spine", "root", "clavicle", "shoulder", "breast", "pelvis")

HEAD_LIMB, TORSO_LIMB = 0, 1
LEFT_LIMBS, RIGHT_LIMBS = 2, 6
"""First of the four limbs of a side: upper arm, forearm and hand, thigh, shank and foot."""
LIMB_COUNT = 10


class Rig:
    """Reads `default.mhskel` and `default_weights.mhw` for a base mesh of `vertex_count` vertices."""

    def __init__(self, skeleton: Path, weights: Path, vertex_count: int) -> None:
        data = json.loads(skeleton.read_text(encoding="utf-8"))
        bones = data["bones"]
        self.names: list[str] = []
        for name in bones:
            self._add_after_parents(name, bones)
        self.index = {name: i for i, name in enumerate(self.names)}
        self.parents = [self.index.get(bones[name]["parent"] or "", -1) for name in self.names]
        self.heads = vertex_means([np.array(data["joints"][bones[name]["head"]]) for name in self.names], vertex_count)
        """[bones, vertices] sparse: times the vertices, the bones' heads."""
        self.weights = self._read_weights(weights, vertex_count)
        """[vertices, bones] sparse, rows sum to 1."""
        self.arm, self.leg = self._starting(_ARM), self._starting(_LEG)
        rest = set(self.arm + self.leg + self._starting(_TORSO))
        self.head = [i for i in range(len(self.names)) if i not in rest]
        self.limb_of = np.array([self._limb(name) for name in self.names])
        """[bones] the limb each belongs to."""

    def share(self, bones: list[int]) -> np.ndarray:
        """[vertices] how far each vertex follows any of `bones`, 0 to 1."""
        return np.asarray(self.weights[:, bones].sum(axis=1)).ravel()

    def _add_after_parents(self, name: str, bones: dict[str, dict[str, str]]) -> None:
        if name in self.names:
            return
        if bones[name]["parent"]:
            self._add_after_parents(bones[name]["parent"], bones)
        self.names.append(name)

    def _starting(self, prefixes: tuple[str, ...]) -> list[int]:
        return [i for name, i in self.index.items() if name.startswith(prefixes)]

    def _read_weights(self, path: Path, vertex_count: int) -> sp.csr_matrix:
        rows, columns, values = [], [], []
        for bone, pairs in json.loads(path.read_text(encoding="utf-8"))["weights"].items():
            if pairs:
                entries = np.array(pairs)
                rows.append(entries[:, 0].astype(int))
                columns.append(np.full(len(entries), self.index[bone]))
                values.append(entries[:, 1])
        matrix = sp.csr_matrix(
            (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))),
            shape=(vertex_count, len(self.names)),
        )
        return normalized_rows(matrix)

    @staticmethod
    def _limb(name: str) -> int:
        if name.startswith(_TORSO):
            return TORSO_LIMB
        if not name.startswith(_ARM + _LEG):
            return HEAD_LIMB
        first = LEFT_LIMBS if name.endswith("L") else RIGHT_LIMBS
        if name.startswith("upperarm"):
            return first
        if name.startswith("upperleg"):
            return first + 2
        return first + 3 if name.startswith(_LEG) else first + 1


def normalized_rows(matrix: sp.spmatrix) -> sp.csr_matrix:
    """Rows scaled to the sum 1; empty rows stay empty."""
    sums = np.asarray(matrix.sum(axis=1)).ravel()
    return (sp.diags(1 / np.maximum(sums, 1e-9)) @ matrix).tocsr()


def vertex_means(groups: list[np.ndarray], vertex_count: int) -> sp.csr_matrix:
    """[groups, vertices] sparse: times [vertices, 3] positions, the mean of each group's."""
    rows = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    values = np.concatenate([np.full(len(group), 1 / len(group)) for group in groups])
    return sp.csr_matrix((values, (rows, np.concatenate(groups))), shape=(len(groups), vertex_count))
