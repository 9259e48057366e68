"""Skin, hair, eyes, brows, lashes and hats."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from posemodels.people.assets import Assets
from posemodels.people.body.traits import BodyTraits
from posemodels.people.clothing.colors import cloth_color, hsv, recolor
from posemodels.people.clothing.hair_texture import HairTexture
from posemodels.people.clothing.material import Material
from posemodels.people.clothing.outfit import Outfit
from posemodels.people.labels import Label

_MENS_HAIR = {"short01": 0.3, "short02": 0.27, "short03": 0.06, "short04": 0.28, "none": 0.09}
_WOMENS_HAIR = {
    "bob01": 0.16, "bob02": 0.16, "long01": 0.24, "ponytail01": 0.17,
    "braid01": 0.12, "short03": 0.05, "short04": 0.06, "short01": 0.04,
}  # fmt: skip
_TONES = {
    "black": (0.05, 0.045, 0.045), "dark": (0.11, 0.08, 0.065), "brown": (0.2, 0.13, 0.09),
    "chestnut": (0.28, 0.15, 0.09), "auburn": (0.36, 0.16, 0.09), "dark blond": (0.42, 0.31, 0.19),
    "blond": (0.62, 0.49, 0.31), "platinum": (0.78, 0.72, 0.6),
}  # fmt: skip
_TONE_SHARES = (0.1, 0.2, 0.24, 0.12, 0.06, 0.13, 0.11, 0.04)
_GREY = (0.55, 0.54, 0.53)
_DARK_TINT = np.array([0.36, 0.25, 0.2])
"""Turns a light skin texture into a dark one; on linear colours."""
_HAT_SHARE = 0.06


def add_looks(outfit: Outfit, assets: Assets, rng: np.random.Generator) -> None:
    """Adds the skin that clothes leave free, and everything on the head. Call it when the person is dressed."""
    body, shape, traits = outfit.body, outfit.shape, outfit.traits
    hidden = outfit.hidden_triangles | outfit.hidden_vertices[body.triangles].all(axis=1)
    outfit.add("skin", body.mesh, shape.positions, body.labels, _skin(assets.skins, traits, rng), ~hidden)
    color = _hair_color(traits, rng)
    brim = _hat(outfit, assets, rng)
    _hair(outfit, assets, color, brim, rng)
    iris = Material(assets.irises[rng.integers(len(assets.irises))], specular=0.25, translucent=True)
    _on_face(outfit, assets, "eyes", assets.eyes, iris)
    brows = assets.brows[rng.integers(len(assets.brows))]
    brow_texture = assets.fitted(brows).textures.diffuse
    _on_face(
        outfit,
        assets,
        "brows",
        brows,
        Material(brow_texture, color_matrix=recolor(color * 0.7, 0.35), translucent=True),
    )
    lashes = assets.lashes[rng.integers(len(assets.lashes))]
    _on_face(outfit, assets, "lashes", lashes, Material(assets.fitted(lashes).textures.diffuse, translucent=True))


def _on_face(outfit: Outfit, assets: Assets, name: str, path: Path, material: Material) -> None:
    fitted = assets.fitted(path)
    outfit.add(name, fitted.mesh, fitted.fit(outfit.shape.positions), Label.FACE, material)


def _skin(skins: list[Path], traits: BodyTraits, rng: np.random.Generator) -> Material:
    """Where the assets have no dark skin of a sex, a light one is tinted; light ones are toned by ancestry too."""
    light = [path for path in skins if f"_lightskinned_{traits.sex}" in path.name]
    dark = [path for path in skins if f"_darkskinned_{traits.sex}" in path.name]
    choice = (dark if traits.dark else light) or light
    age = "old" if traits.age > 0.9 else "middleage" if traits.age > 0.3 else "young"
    nearest = "middleage" if traits.age > 0.3 else "young"
    for wanted in (nearest, age):
        choice = [path for path in choice if path.name.startswith(wanted)] or choice
    texture = choice[rng.integers(len(choice))]
    tint = np.array([1, 0.97, 0.93]) * rng.uniform(0.82, 1.06)
    if texture in light:
        share = np.clip(traits.ancestry["african"] * 1.25 + rng.normal(0, 0.05), 0, 1)
        tint = tint * ((1 - share) + share * _DARK_TINT * rng.uniform(0.7, 1.5))
        tint = tint * (1 - traits.ancestry["asian"] * np.array([0, 0.03, 0.1]))
    else:
        tint = tint * rng.uniform(0.75, 1.5)
    return Material(texture, specular=0.06, tint=tint, skin=1.0)


def _hair_color(traits: BodyTraits, rng: np.random.Generator) -> np.ndarray:
    grey = (traits.age > 0.9 and rng.random() < 0.75) or (traits.age > 0.3 and rng.random() < 0.15)
    draw = rng.random()
    if draw > 0.98:
        return hsv(rng.random(), 0.55, 0.5)
    if grey:
        tone = _GREY
    elif traits.ancestry["caucasian"] < 0.5 and draw < 0.9:
        tone = _TONES[str(rng.choice(["black", "dark", "brown"], p=[0.6, 0.3, 0.1]))]
    else:
        tone = _TONES[str(rng.choice(list(_TONES), p=_TONE_SHARES))]
    return np.array(tone) * rng.uniform(0.8, 1.2)


def _hair(outfit: Outfit, assets: Assets, color: np.ndarray, brim: float, rng: np.random.Generator) -> None:
    shares = _WOMENS_HAIR if outfit.traits.female else _MENS_HAIR
    style = str(rng.choice(list(shares), p=list(shares.values())))
    if outfit.traits.ancestry["african"] > 0.5 and rng.random() < 0.3 and np.isinf(brim):
        style = "afro01"
    outfit.notes["hair"] = style
    if style not in assets.hair:
        return
    hair = assets.fitted(assets.hair[style])
    texture = hair.textures.diffuse
    luminance = assets.luminance(texture, hair.mesh.corner_uv) if texture else 0.5
    drawn = HairTexture.CURLS if style == "afro01" else HairTexture.STRANDS
    material = Material(texture or drawn, color_matrix=recolor(color, luminance), specular=0.12, translucent=True)
    # Nothing grows through a hat: hair ends at its brim.
    cut = None if np.isinf(brim) else brim - hair.mesh.rest[:, 1]
    outfit.add("hair", hair.mesh, hair.fit(outfit.shape.positions), Label.HAIR, material, cut=cut)


def _hat(outfit: Outfit, assets: Assets, rng: np.random.Generator) -> float:
    """Now and then a hat, which counts as hair; the height of its brim on the base shape, infinite without a hat."""
    if rng.random() >= _HAT_SHARE or not assets.hats:
        return np.inf
    hat = assets.fitted(assets.hats[rng.integers(len(assets.hats))])
    material = Material(
        hat.textures.diffuse,
        hat.textures.normal,
        hat.textures.occlusion,
        color_matrix=recolor(cloth_color(rng, 0.8), 1.0 if hat.textures.diffuse is None else 0.4),
    )
    outfit.add("hat", hat.mesh, hat.fit(outfit.shape.positions), Label.HAIR, material)
    outfit.notes["hat"] = hat.path.stem
    return float(np.quantile(hat.mesh.rest[:, 1], 0.3))
