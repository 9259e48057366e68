"""The suits of the assets: each piece keeps its texture, is recoloured, or gets another fabric."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from posemodels.people.assets import Assets
from posemodels.people.clothing.colors import cloth_color, hue_turn, recolor
from posemodels.people.clothing.fitted import FittedMesh
from posemodels.people.clothing.material import Material, random_cloth
from posemodels.people.clothing.outfit import Outfit
from posemodels.people.labels import ONE_PIECE, Label

_WORN_BY_ALL = ("male_casualsuit", "sportsuit")


def wear_suit(outfit: Outfit, assets: Assets, rng: np.random.Generator) -> None:
    """Puts on one of the suits, mostly one of the person's own sex."""
    own = [path for path in assets.suits if path.name.startswith(outfit.traits.sex)]
    common = [path for path in assets.suits if any(word in path.name for word in _WORN_BY_ALL)]
    choice = own if rng.random() < 0.75 else common
    suit = assets.fitted(choice[rng.integers(len(choice))])
    outfit.notes["suit"] = suit.path.stem
    outfit.hidden_vertices[suit.binding.hidden] = True
    positions = suit.fit(outfit.shape.positions)
    labels = _piece_labels(suit)
    heights = suit.mesh.rest[suit.mesh.triangles][:, :, 1].mean(axis=1)
    lower = (labels == Label.LOWER_CLOTHES) | (labels == ONE_PIECE)
    if lower.any():
        outfit.hem = float(heights[lower].min())
    for label in (Label.UPPER_CLOTHES, Label.LOWER_CLOTHES, Label.SHOES, ONE_PIECE):
        kept = labels == label
        if kept.any():
            outfit.add(
                f"suit-{int(label)}", suit.mesh, positions, label, _material(suit, kept, label, assets, rng), kept
            )


def _piece_labels(suit: FittedMesh) -> np.ndarray:
    """[T] by where the pieces sit on the base shape; one that spans the hips is `ONE_PIECE`."""
    heights = suit.mesh.rest[suit.mesh.triangles][:, :, 1].mean(axis=1)
    labels = np.zeros(len(heights), dtype=np.uint8)
    for piece in range(suit.pieces.max() + 1):
        chosen = suit.pieces == piece
        low, high = heights[chosen].min(), heights[chosen].max()
        if high < -4.5:
            labels[chosen] = Label.SHOES
        elif low > -2.2 and high > 1.6:
            labels[chosen] = Label.UPPER_CLOTHES
        else:
            labels[chosen] = Label.LOWER_CLOTHES if high < 2.6 else ONE_PIECE
    return labels


def _material(suit: FittedMesh, kept: np.ndarray, label: int, assets: Assets, rng: np.random.Generator) -> Material:
    textures = suit.textures
    plain = Material(textures.diffuse, textures.normal, textures.occlusion)
    uv = suit.mesh.corner_uv[suit.mesh.corner_triangles[kept].ravel()]
    luminance = assets.luminance(textures.diffuse, uv) if textures.diffuse else 0.5
    draw = rng.random() if textures.diffuse else 1.0
    if draw < 0.22:
        return plain
    if draw < 0.42:
        return replace(plain, color_matrix=hue_turn(rng))
    if draw < 0.58:
        return replace(plain, color_matrix=recolor(cloth_color(rng), luminance))
    upper = {Label.UPPER_CLOTHES: True, Label.LOWER_CLOTHES: False}.get(Label(label)) if label != ONE_PIECE else None
    cloth = random_cloth(rng, upper)
    detail = float(rng.choice([0, 0.35, 0.7])) if textures.diffuse else 0.0
    return replace(
        plain,
        fabric=cloth.fabric,
        chest_print=cloth.chest_print if detail < 0.3 else None,
        wrinkle=cloth.wrinkle,
        specular=cloth.specular,
        texture_detail=detail,
        texture_luminance=luminance,
    )
