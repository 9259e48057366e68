"""The parts that a person is drawn from, collected while they are dressed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from posemodels.people.body.base_body import BaseBody
from posemodels.people.body.shape import BodyShape
from posemodels.people.body.traits import BodyTraits
from posemodels.people.clothing.material import Material
from posemodels.people.part_mesh import PartMesh


@dataclass
class Part:
    """One mesh of a person at rest."""

    name: str
    mesh: PartMesh
    positions: np.ndarray
    """[V, 3]."""
    normals: np.ndarray
    """[V, 3] units."""
    labels: np.ndarray
    """[T] of all the mesh's triangles."""
    kept: np.ndarray
    """[T] which triangles are drawn."""
    cut: np.ndarray | None
    """[V] the part is cut off where this field, in decimetres, is negative."""
    material: Material


@dataclass
class Outfit:
    """What a person wears so far, and what it hides and how far it stands off."""

    body: BaseBody
    traits: BodyTraits
    shape: BodyShape
    parts: list[Part] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    """What was chosen, in words."""
    hem: float = 0.0
    """Height on the base shape of the lowest end of the lower clothes: shafts of shoes end below it."""
    slack: float = 0.25
    """How far clothes stand off the waist: hands on hips stay outside of them."""

    def __post_init__(self) -> None:
        self.hidden_triangles = np.zeros(len(self.body.triangles), dtype=bool)
        self.hidden_vertices = np.zeros(len(self.body.rest), dtype=bool)

    def add(
        self,
        name: str,
        mesh: PartMesh,
        positions: np.ndarray,
        labels: int | np.ndarray,
        material: Material,
        kept: np.ndarray | None = None,
        cut: np.ndarray | None = None,
    ) -> None:
        """Adds a part, unless none of its triangles is kept."""
        count = len(mesh.triangles)
        kept = np.ones(count, dtype=bool) if kept is None else kept
        if kept.any():
            all_labels = np.broadcast_to(np.asarray(labels, dtype=np.uint8), (count,))
            self.parts.append(Part(name, mesh, positions, mesh.normals(positions), all_labels, kept, cut, material))
