"""A random person: shape, clothes and looks, packed for drawing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from posemodels.people.assets import Assets
from posemodels.people.body.base_body import BaseBody
from posemodels.people.body.shape import BodyShape, shape_body
from posemodels.people.body.traits import BodyTraits, random_traits
from posemodels.people.clothing.looks import add_looks
from posemodels.people.clothing.material import Material
from posemodels.people.clothing.outfit import Outfit, Part
from posemodels.people.clothing.separates import wear_dress, wear_separates
from posemodels.people.clothing.shoes import wear_shoes
from posemodels.people.clothing.suits import wear_suit

_PERSON_STREAM = 11


@dataclass(frozen=True)
class PackedPart:
    """Where one part's triangles lie in those of the person."""

    name: str
    material: Material
    first: int
    count: int


class Person:
    """One person, made whole by `random_person`: all parts in one set of corners (vertex and texture coordinates)."""

    def __init__(self, seed: int, body: BaseBody, outfit: Outfit) -> None:
        self.seed, self.body = seed, body
        self.shape: BodyShape = outfit.shape
        self.traits: BodyTraits = outfit.traits
        self.slack = outfit.slack
        self.notes = dict(outfit.notes)
        self.parts: list[PackedPart] = []
        packed = [_corners(part) for part in outfit.parts]
        starts = np.cumsum([0, *(len(p.positions) for p in packed)])
        self.triangles = np.concatenate([p.triangles + at for p, at in zip(packed, starts)]).astype(np.int32)
        """[T, 3] corners."""
        self.static = np.concatenate([p.static for p in packed]).astype(np.float32)
        """[C, 8] texture coordinates, metric texture coordinates, position on the base shape, cut."""
        self.positions = np.concatenate([p.positions for p in packed]).astype(np.float32)
        """[C, 3] at rest."""
        self.normals = np.concatenate([p.normals for p in packed]).astype(np.float32)
        self._weights = sp.vstack([p.weights for p in packed]).tocsr().astype(np.float32)
        self.labels = np.concatenate([p.labels for p in packed])
        """[T] uint8; `ONE_PIECE` where the label changes at the hip line."""
        self.part_of = np.repeat(np.arange(len(packed), dtype=np.uint8), [len(p.triangles) for p in packed])
        """[T] index into `parts`."""
        self.limbs = body.rig.limb_of[np.asarray(self._weights.argmax(axis=1)).ravel()][self.triangles[:, 0]]
        """[T] the limb that each triangle moves with."""
        first = 0
        for part, corners in zip(outfit.parts, packed, strict=True):
            self.parts.append(PackedPart(part.name, part.material, first, len(corners.triangles)))
            first += len(corners.triangles)

    def skin(self, bones: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """[C, 3] positions and normals under [bones, 4, 4] matrices (linear blend skinning)."""
        flat = np.ascontiguousarray(bones[:, :3].reshape(len(bones), 12).astype(np.float32))
        matrices = (self._weights @ flat).reshape(-1, 3, 4)
        positions = np.matmul(matrices[:, :, :3], self.positions[:, :, None])[:, :, 0] + matrices[:, :, 3]
        return positions, np.matmul(matrices[:, :, :3], self.normals[:, :, None])[:, :, 0]


@dataclass(frozen=True)
class _Corners:
    static: np.ndarray
    positions: np.ndarray
    normals: np.ndarray
    weights: sp.csr_matrix
    triangles: np.ndarray
    labels: np.ndarray


def _corners(part: Part) -> _Corners:
    mesh = part.mesh
    used, triangles = np.unique(mesh.corner_triangles[part.kept], return_inverse=True)
    vertices = mesh.corner_vertex[used]
    cut = np.ones(len(used)) if part.cut is None else part.cut[vertices]
    static = np.column_stack([mesh.corner_uv[used], mesh.corner_metric_uv[used], mesh.rest[vertices], cut])
    return _Corners(
        static,
        part.positions[vertices],
        part.normals[vertices],
        mesh.weights[vertices],
        triangles.reshape(-1, 3),
        part.labels[part.kept],
    )


def random_person(assets: Assets, seed: int) -> Person:
    """The person of a seed, always the same one."""
    rng = np.random.default_rng([seed, _PERSON_STREAM])
    traits = random_traits(rng)
    outfit = Outfit(assets.body, traits, shape_body(assets.body, assets.morphs, traits, rng))
    kinds, shares = ("suit", "separates", "dress"), (0.38, 0.42, 0.2) if traits.female else (0.42, 0.58, 0.0)
    kind = str(rng.choice(kinds, p=shares))
    outfit.notes["outfit"] = kind
    if kind == "suit":
        wear_suit(outfit, assets, rng)
    elif kind == "dress":
        wear_dress(outfit, rng)
    else:
        wear_separates(outfit, rng)
    wear_shoes(outfit, assets, rng)
    add_looks(outfit, assets, rng)
    return Person(seed, assets.body, outfit)
