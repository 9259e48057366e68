"""What a part is made of, as the shader needs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from posemodels.people.clothing.hair_texture import HairTexture
from posemodels.people.clothing.patterns import CALM_PATTERNS, Fabric, random_fabric
from posemodels.people.clothing.prints import ChestPrint, random_print


@dataclass(frozen=True)
class Material:
    """A part's look. Without a fabric its colour is the texture's under `color_matrix`."""

    texture: Path | HairTexture | None = None
    normal_map: Path | None = None
    occlusion_map: Path | None = None
    color_matrix: np.ndarray = field(default_factory=lambda: np.eye(3))
    tint: np.ndarray = field(default_factory=lambda: np.ones(3))
    """Factor on linear colours."""
    fabric: Fabric | None = None
    chest_print: ChestPrint | None = None
    texture_detail: float = 0.0
    """How far light and dark of the texture stay visible on a fabric, 0 to 1."""
    texture_luminance: float = 0.5
    """Mean of the texture, to which `texture_detail` is relative."""
    wrinkle: float = 0.0
    """Depth of small folds where there is no normal map."""
    specular: float = 0.02
    skin: float = 0.0
    """1 for skin: light wraps around it."""
    translucent: bool = False
    """Whether half-covered texels are blended over what is behind, as single hairs are."""


def random_cloth(rng: np.random.Generator, label_is_upper: bool | None) -> Material:
    """A fabric for upper clothes (True), which may carry a print, lower ones (False), mostly calm, or any (None)."""
    fabric = random_fabric(rng)
    if label_is_upper is False and fabric.kind not in CALM_PATTERNS and rng.random() < 0.6:
        fabric = random_fabric(rng, str(rng.choice(["plain", "denim", "melange"], p=[0.45, 0.35, 0.2])))
    printed = label_is_upper is True and fabric.kind in ("plain", "melange", "knit") and rng.random() < 0.5
    return Material(
        fabric=fabric,
        chest_print=random_print(rng) if printed else None,
        wrinkle=float(rng.uniform(0.08, 0.42)),
        specular=float(rng.uniform(0, 0.05)) if rng.random() < 0.85 else 0.15,
    )
