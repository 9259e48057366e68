"""MakeHuman materials (.mhmat): which textures a mesh has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Textures:
    """Paths of a mesh's images, None for each that the material does not name or that is absent."""

    diffuse: Path | None = None
    normal: Path | None = None
    occlusion: Path | None = None


def read_textures(path: Path) -> Textures:
    """Reads the textures of a material. It names PNG files; the packed assets hold them as WebP, which is preferred."""
    if not path.is_file():
        return Textures()
    found: dict[str, Path] = {}
    for line in path.read_text(encoding="latin1").splitlines():
        words = line.split()
        if len(words) < 2 or not words[0].endswith("Texture"):
            continue
        named = path.parent / words[1]
        existing = next((file for file in (named.with_suffix(".webp"), named) if file.is_file()), None)
        if existing is not None:
            found[words[0].removesuffix("Texture")] = existing
    return Textures(found.get("diffuse"), found.get("normalmap"), found.get("ao"))
