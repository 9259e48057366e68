"""A rendered person in the same clothes without their pattern."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np

from posemodels.people.clothing.material import Material
from posemodels.people.clothing.patterns import Fabric
from posemodels.people.person import Person

KINDS: dict[str, tuple[str, ...]] = {
    "stripes": ("horizontal-stripes", "vertical-stripes", "diagonal-stripes"),
    "check": ("check", "tartan"),
    "print": ("flowers", "dots"),
}
"""Fabrics by what their pattern is called; a print is also what is printed on the chest."""


def in_plain_clothes(person: Person) -> Person:
    """The same person, every fabric of the mean colour of its pattern and no chest printed."""
    plain = copy.copy(person)
    plain.parts = [replace(part, material=_plain(part.material)) for part in person.parts]
    return plain


def pattern_kind(person: Person, triangles: np.ndarray) -> str | None:
    """Which of `KINDS` most of these triangles of the person have; None where that is none of them."""
    part = person.parts[np.bincount(person.part_of[triangles]).argmax()].material
    if part.chest_print is not None:
        return "print"
    kind = part.fabric.kind if part.fabric else None
    return next((name for name, kinds in KINDS.items() if kind in kinds), None)


def _plain(material: Material) -> Material:
    return replace(material, fabric=_mean(material.fabric), chest_print=None)


def _mean(fabric: Fabric | None) -> Fabric | None:
    if fabric is None:
        return None
    # Light adds up linearly, and a pattern seen from afar is that mean.
    linear = (fabric.tile / 255.0) ** 2.2
    color = linear.mean(axis=(0, 1)) ** (1 / 2.2)
    return replace(
        fabric, kind="plain", tile=np.broadcast_to((color * 255).round(), fabric.tile.shape).astype(np.uint8)
    )
