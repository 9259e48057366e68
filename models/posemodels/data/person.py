"""Who is in the picture: body shape, skin, hair and clothes, sampled to resemble shop photos."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from enum import Enum

import numpy as np

from .patterns import Pattern, PatternKind
from .skeleton import Proportions

Color = tuple[float, float, float]
"""RGB in 0..255."""


class Sleeves(Enum):
    NONE = 0.0
    SHORT = 0.62
    LONG = 2.0


class Bottom(Enum):
    TROUSERS = "trousers"
    SHORTS = "shorts"
    SKIRT = "skirt"


class Neckline(Enum):
    ROUND = "round"
    V = "v"
    HIGH = "high"


class Hair(Enum):
    BALD = "bald"
    SHORT = "short"
    BOB = "bob"
    LONG = "long"
    BUN = "bun"


@dataclass(frozen=True)
class Garment:
    """Cloth of one garment."""

    color: Color
    second: Color
    pattern: Pattern


@dataclass(frozen=True)
class Person:
    """One person in one outfit. Lengths in body heights, factors relative to the canonical body."""

    proportions: Proportions
    girth: float
    hips: float
    waist: float
    muscle: float
    skin: Color
    hair_color: Color
    hair: Hair
    hair_length: float
    lips: Color
    eyes: Color
    top: Garment
    sleeves: Sleeves
    neckline: Neckline
    neckline_depth: float
    tucked: bool
    hem: float
    looseness: float
    bottom: Garment
    bottom_kind: Bottom
    bottom_length: float
    flare: float
    leg_width: float
    shoes: Color
    folds: float


_SKINS: tuple[Color, ...] = (
    (246, 214, 192), (238, 196, 168), (226, 180, 146), (205, 155, 118),
    (176, 124, 88), (142, 96, 66), (108, 72, 50), (82, 54, 40),
)  # fmt: skip
_HAIRS: tuple[Color, ...] = (
    (28, 22, 20), (48, 34, 26), (84, 56, 36), (122, 82, 48), (176, 132, 78), (222, 190, 130), (142, 58, 30),
    (150, 148, 146), (210, 206, 200),
)  # fmt: skip
_CLOTHES: tuple[Color, ...] = (
    (245, 245, 243), (245, 245, 243), (32, 32, 36), (32, 32, 36), (120, 122, 126), (178, 180, 184), (28, 38, 72),
    (44, 66, 112), (86, 118, 158), (158, 190, 216), (196, 36, 44), (122, 28, 40), (232, 128, 132), (238, 190, 196),
    (52, 92, 62), (104, 112, 70), (166, 196, 160), (232, 196, 72), (224, 134, 48), (214, 196, 164), (158, 128, 92),
    (96, 68, 46), (108, 70, 128), (190, 170, 208), (40, 128, 130),
)  # fmt: skip
_BOTTOMS: tuple[Color, ...] = (
    (36, 48, 84), (56, 78, 122), (92, 120, 160), (150, 174, 200), (30, 30, 34), (30, 30, 34), (70, 72, 78),
    (128, 130, 134), (204, 188, 156), (168, 146, 110), (92, 98, 68), (98, 66, 46), (240, 240, 238), (120, 36, 48),
    (176, 60, 66), (40, 82, 66), (214, 160, 168),
)  # fmt: skip


def _near(color: Color, rng: np.random.Generator, spread: float) -> Color:
    jitter = rng.normal(size=3) * spread + rng.normal() * spread
    r, g, b = np.clip(np.array(color) + jitter, 6.0, 250.0)
    return float(r), float(g), float(b)


def _from(palette: tuple[Color, ...], rng: np.random.Generator, spread: float = 9.0) -> Color:
    return _near(palette[rng.integers(len(palette))], rng, spread)


def _vivid(rng: np.random.Generator) -> Color:
    r, g, b = colorsys.hsv_to_rgb(rng.random(), rng.uniform(0.25, 0.85), rng.uniform(0.3, 0.95))
    return r * 255.0, g * 255.0, b * 255.0


def _cloth(palette: tuple[Color, ...], rng: np.random.Generator) -> Color:
    return _vivid(rng) if rng.random() < 0.2 else _from(palette, rng)


def _garment(palette: tuple[Color, ...], kinds: dict[PatternKind, float], rng: np.random.Generator) -> Garment:
    names = list(kinds)
    kind = names[rng.choice(len(names), p=list(kinds.values()))]
    color = _cloth(palette, rng)
    second = color
    for _ in range(12):
        second = _cloth(palette, rng)
        if abs(sum(color) - sum(second)) > 170.0 or np.abs(np.subtract(color, second)).max() > 110.0:
            break
    low, high = (0.07, 0.13) if kind is PatternKind.HORIZONTAL_STRIPES else (0.075, 0.12)
    pattern = Pattern(kind, rng.uniform(low, high), rng.uniform(0.35, 0.6), rng.random())
    return Garment(color, second, pattern)


_TOP_KINDS = {
    PatternKind.PLAIN: 0.48,
    PatternKind.HORIZONTAL_STRIPES: 0.20,
    PatternKind.CHEST_PRINT: 0.12,
    PatternKind.VERTICAL_STRIPES: 0.07,
    PatternKind.CHECKS: 0.07,
    PatternKind.DOTS: 0.06,
}
_BOTTOM_KINDS = {
    PatternKind.PLAIN: 0.74,
    PatternKind.HORIZONTAL_STRIPES: 0.09,
    PatternKind.VERTICAL_STRIPES: 0.07,
    PatternKind.CHECKS: 0.06,
    PatternKind.DOTS: 0.04,
}


def sample_person(rng: np.random.Generator) -> Person:
    """A random person in a random outfit."""
    build = rng.normal() * 0.09
    feminine = rng.random() < 0.55
    base = Proportions()
    proportions = Proportions(
        torso=base.torso * (1.0 + rng.normal() * 0.02),
        shoulder=base.shoulder * ((0.93 if feminine else 1.04) + rng.normal() * 0.03),
        hip=base.hip * (1.0 + rng.normal() * 0.04),
        upper_arm=base.upper_arm * (1.0 + rng.normal() * 0.025),
        forearm=base.forearm * (1.0 + rng.normal() * 0.025),
        thigh=base.thigh * (1.0 + rng.normal() * 0.025),
        calf=base.calf * (1.0 + rng.normal() * 0.025),
        head=base.head * (1.0 + rng.normal() * 0.03),
        head_width=base.head_width * (1.0 + rng.normal() * 0.03),
    )
    bottom_kind = (
        (Bottom.TROUSERS, Bottom.SKIRT, Bottom.SHORTS)[rng.choice(3, p=(0.48, 0.34, 0.18))]
        if feminine
        else (Bottom.TROUSERS, Bottom.SHORTS)[rng.choice(2, p=(0.72, 0.28))]
    )
    lengths = {Bottom.TROUSERS: (0.90, 0.97), Bottom.SHORTS: (0.24, 0.46), Bottom.SKIRT: (0.36, 0.78)}
    hairs = (
        (Hair.LONG, Hair.BOB, Hair.BUN, Hair.SHORT)[rng.choice(4, p=(0.46, 0.24, 0.18, 0.12))]
        if feminine
        else (Hair.SHORT, Hair.BALD, Hair.LONG)[rng.choice(3, p=(0.84, 0.08, 0.08))]
    )
    skin_index = int(rng.integers(len(_SKINS)))
    skin = _near(_SKINS[skin_index], rng, 5.0)
    hair_choices = _HAIRS if skin_index < 4 else _HAIRS[:3] + _HAIRS[7:8]
    shoe = _from(((30, 28, 28), (240, 240, 238), (96, 62, 40), (150, 40, 40), (40, 50, 90), (196, 160, 120)), rng)
    return Person(
        proportions=proportions,
        girth=float(np.clip(1.0 + build, 0.82, 1.25)),
        hips=(1.06 if feminine else 0.97) + rng.normal() * 0.03,
        waist=(0.90 if feminine else 1.02) + rng.normal() * 0.03,
        muscle=(0.90 if feminine else 1.08) * float(np.clip(1.0 + 0.7 * build + rng.normal() * 0.04, 0.8, 1.25)),
        skin=skin,
        hair_color=_from(hair_choices, rng, 6.0),
        hair=hairs,
        hair_length=rng.uniform(0.10, 0.21),
        lips=(skin[0] * 0.86, skin[1] * 0.60, skin[2] * 0.60),
        eyes=(40.0, 30.0, 26.0),
        top=_garment(_CLOTHES, _TOP_KINDS, rng),
        sleeves=(Sleeves.NONE, Sleeves.SHORT, Sleeves.LONG)[rng.choice(3, p=(0.18, 0.44, 0.38))],
        neckline=(Neckline.ROUND, Neckline.V, Neckline.HIGH)[rng.choice(3, p=(0.6, 0.25, 0.15))],
        neckline_depth=rng.uniform(0.10, 0.26),
        tucked=bool(rng.random() < (0.75 if bottom_kind is Bottom.SKIRT else 0.3)),
        hem=rng.uniform(0.02, 0.075),
        looseness=rng.uniform(0.004, 0.014),
        bottom=_garment(_BOTTOMS, _BOTTOM_KINDS, rng),
        bottom_kind=bottom_kind,
        bottom_length=rng.uniform(*lengths[bottom_kind]),
        flare=rng.uniform(0.0, 0.07),
        leg_width=rng.uniform(0.004, 0.018),
        shoes=shoe,
        folds=rng.uniform(0.02, 0.06),
    )
