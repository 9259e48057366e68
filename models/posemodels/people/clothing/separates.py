"""Garments cut from the surfaces around the body, put on together: top and trousers or skirt, dress, jacket."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from posemodels.people.body.helper_surface import HelperSurface
from posemodels.people.clothing.jackets import random_jacket
from posemodels.people.clothing.material import Material, random_cloth
from posemodels.people.clothing.outfit import Outfit
from posemodels.people.clothing.skirts import WAIST, Skirt, random_skirt
from posemodels.people.clothing.tops import Top, random_top
from posemodels.people.clothing.trousers import random_trousers
from posemodels.people.labels import ONE_PIECE, Label

_JACKET_SHARE = 0.22
_SKIRT_SHARE = 0.33
_OVERLAP = 0.45
"""How far up lower clothes are drawn under a top."""


def wear_dress(outfit: Outfit, rng: np.random.Generator) -> None:
    """A top and a skirt of one fabric; the label changes at the hips."""
    body = outfit.body
    top, skirt = random_top(rng, female=True, of_dress=True), random_skirt(rng, slack=0.08)
    cloth = random_cloth(rng, True)
    y = body.rest[:, 1]
    field, offset = top.cut(body), top.offset(body) + 0.1 * (y < 2.2)
    offset = np.where(y < 2.6, np.minimum(offset, np.interp(y, [1.6, 2.6], [0.06, 0.2])), offset)
    _hide_skin(outfit, np.maximum(_covered(field, skirt.covered(body)), np.where(body.on_arm, -1, _trunk(y))))
    outfit.add(
        "dress-skirt",
        body.skirt.mesh,
        skirt.positions(body, outfit.shape),
        ONE_PIECE,
        cloth,
        _inside(skirt.cut(body), outfit, body.skirt),
        skirt.cut(body)[body.skirt.base_vertices],
    )
    _add_top(outfit, "dress-top", top, field, offset, cloth)
    outfit.notes.update(upper=f"{top.fit}, {top.neckline} neck", lower="skirt of a dress")


def _trunk(y: np.ndarray) -> np.ndarray:
    return np.minimum(y - 1.45, WAIST + 1.5 - y) - 0.2


def wear_separates(outfit: Outfit, rng: np.random.Generator) -> None:
    """A top, over or tucked into trousers or a skirt, now and then under an open jacket."""
    body, female = outfit.body, outfit.traits.female
    y = body.rest[:, 1]
    top = random_top(rng, female, of_dress=False)
    with_skirt = female and rng.random() < _SKIRT_SHARE
    tucked = (with_skirt and top.hem < 1.2) or rng.random() < 0.12
    waist = WAIST if with_skirt else float(rng.uniform(1.1, 1.9)) if top.hem < 0.9 else 2.0
    top = replace(top, hem=min(top.hem, 0.9)) if tucked else top
    field, offset = top.cut(body), top.offset(body)
    if tucked:
        field = np.where(body.on_arm, field, np.minimum(y - waist + 0.3, top.neck_cut(body)))
        if top.sleeve == 0:
            field = np.minimum(field, replace(top, hem=-1.0).cut(body))
        offset = np.where(y < 3.2, np.minimum(offset, 0.12), offset)
    else:
        offset = offset + 0.1 * (y < 2.2)
    upper_cloth, lower_cloth = random_cloth(rng, True), random_cloth(rng, False)
    drawn_up_to = np.inf if tucked else top.hem + _OVERLAP
    if with_skirt:
        skirt = random_skirt(rng, slack=0.16 if tucked else 0.06)
        covered, lower = skirt.covered(body), "skirt"
        _add_skirt(outfit, skirt, lower_cloth, drawn_up_to)
    else:
        trousers = random_trousers(rng, female, waist)
        covered, lower = trousers.cut(body), trousers.kind
        outfit.hem = trousers.hem
        surface = body.tights
        shown = _inside(covered, outfit, surface, drawn_up_to)
        positions = _stand_off(outfit, trousers.offset(body))
        cut = covered[surface.base_vertices]
        outfit.add(trousers.kind, surface.mesh, positions, Label.LOWER_CLOTHES, lower_cloth, shown, cut)
    _hide_skin(outfit, _covered(field, covered))
    positions = _add_top(outfit, "top", top, field, offset, upper_cloth)
    outfit.slack = top.stand_off + top.ease * 0.5 - 0.05
    if rng.random() < _JACKET_SHARE:
        _add_jacket(outfit, positions, offset, rng)
    outfit.notes.update(upper=f"{top.fit}, sleeve {top.sleeve}, {top.neckline} neck", lower=lower)


def _covered(upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """Positive well inside of either, so that no skin is missing at the edges."""
    return np.maximum(upper - 0.22, lower - 0.3)


def _hide_skin(outfit: Outfit, covered: np.ndarray) -> None:
    kept_head = np.where(outfit.body.head_share > 0.3, -1, covered)
    outfit.hidden_triangles |= (kept_head[outfit.body.triangles] > 0).all(axis=1)


def _inside(field: np.ndarray, outfit: Outfit, surface: HelperSurface, up_to: float = np.inf) -> np.ndarray:
    """[T] triangles of a surface with some cloth, not wholly above `up_to`."""
    corners = surface.base_vertices[surface.mesh.triangles]
    too_high = (outfit.body.rest[corners, 1] > up_to).all(axis=1)
    return (field[corners].max(axis=1) > 0) & ~too_high


def _stand_off(outfit: Outfit, offset: np.ndarray) -> np.ndarray:
    tights = outfit.body.tights
    skin = outfit.shape.positions[tights.base_vertices]
    return skin + tights.mesh.normals(skin) * offset[tights.base_vertices][:, None]


def _add_skirt(outfit: Outfit, skirt: Skirt, cloth: Material, up_to: float) -> None:
    surface = outfit.body.skirt
    field = skirt.cut(outfit.body)
    shown = _inside(field, outfit, surface, up_to)
    positions = skirt.positions(outfit.body, outfit.shape)
    cut = field[surface.base_vertices]
    outfit.add("skirt", surface.mesh, positions, Label.LOWER_CLOTHES, cloth, shown, cut)


def _add_top(outfit: Outfit, name: str, top: Top, field: np.ndarray, offset: np.ndarray, cloth: Material) -> np.ndarray:
    """Adds a top; the positions of its vertices."""
    surface = outfit.body.tights
    normals = surface.mesh.normals(outfit.shape.positions[surface.base_vertices])
    positions = top.drape(outfit.body, _stand_off(outfit, offset), normals)
    shown = _inside(field, outfit, surface)
    cut = field[surface.base_vertices]
    outfit.add(name, surface.mesh, positions, Label.UPPER_CLOTHES, cloth, shown, cut)
    return positions


def _add_jacket(outfit: Outfit, top: np.ndarray, top_offset: np.ndarray, rng: np.random.Generator) -> None:
    body, surface = outfit.body, outfit.body.tights
    jacket = random_jacket(rng)
    field = jacket.cut(body)
    normals = surface.mesh.normals(outfit.shape.positions[surface.base_vertices])
    positions = top + normals * jacket.offset(body, top_offset)[surface.base_vertices][:, None]
    # What lies well under the jacket would only show through it.
    under = (field > 0.35)[surface.base_vertices][surface.mesh.triangles].all(axis=1)
    shirt = outfit.parts[-1]
    shirt.kept = shirt.kept & ~under
    shown = _inside(field, outfit, surface)
    cut, cloth = field[surface.base_vertices], random_cloth(rng, None)
    outfit.add("jacket", surface.mesh, positions, Label.UPPER_CLOTHES, cloth, shown, cut)
    outfit.slack += 0.2
    outfit.notes["jacket"] = f"open, hem at {jacket.hem:.1f}"
