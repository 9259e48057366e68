"""Shoes of the assets, kept or recoloured."""

from __future__ import annotations

import numpy as np

from posemodels.people.assets import Assets
from posemodels.people.clothing.colors import cloth_color, hue_turn, recolor
from posemodels.people.clothing.material import Material
from posemodels.people.clothing.outfit import Outfit
from posemodels.people.labels import Label

_ANKLE = -7.35
"""Height on the base shape up to which a shoe always shows."""


def wear_shoes(outfit: Outfit, assets: Assets, rng: np.random.Generator) -> None:
    """Puts on shoes; shafts and socks go up to the hem of the lower clothes. Socks of a shoe's mesh count as shoes."""
    shoes = assets.fitted(assets.shoes[rng.integers(len(assets.shoes))])
    outfit.hidden_vertices[shoes.binding.hidden] = True
    if rng.random() < 0.5:
        colors = np.eye(3)
    else:
        colors = recolor(cloth_color(rng, 0.7), 0.35) if rng.random() < 0.6 else hue_turn(rng)
    material = Material(shoes.textures.diffuse, shoes.textures.normal, color_matrix=colors, specular=0.08)
    low = shoes.mesh.rest[shoes.mesh.triangles][:, :, 1].min(axis=1)
    kept = low < max(outfit.hem + 0.3, _ANKLE)
    outfit.add("shoes", shoes.mesh, shoes.fit(outfit.shape.positions), Label.SHOES, material, kept)
