"""Draws one person in one pose: which body parts and garments exist, and their shapes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from .garment_shapes import skirt_shape, torso_profiles
from .person import Bottom, Hair, Neckline, Person, Sleeves
from .rasterizer import PROFILE_STEPS, Rasterizer, profile
from .skeleton import Skeleton


class Part(IntEnum):
    """What a pixel of the part map shows; 0 is nothing."""

    HEAD = 1
    NECK = 2
    CHEST = 3
    ARM = 4
    HAND = 5
    LEG = 6
    HAIR = 7
    TOP = 8
    SLEEVE = 9
    PELVIS = 10
    TROUSER = 11
    SKIRT = 12
    SHOE = 13


@dataclass(frozen=True)
class Camera:
    """Orthographic view: `scale` pixels a body height, world origin at (`x`, `y`) pixels."""

    scale: float
    x: float
    y: float

    def project(self, points: np.ndarray) -> np.ndarray:
        """World points [..., 3] to pixels and depth in pixels."""
        return points * self.scale + np.array([self.x, self.y, 0.0])


_STEP = np.linspace(0.0, 1.0, PROFILE_STEPS)
_UPPER_ARM = profile([(0.0, 0.0225), (0.1, 0.0255), (0.22, 0.0275), (0.5, 0.0255), (1.0, 0.0215)])
_SLEEVE_EASE = profile([(0.0, 0.2), (0.3, 1.0), (1.0, 1.0)])
_FOREARM = profile([(0.0, 0.0215), (0.25, 0.0235), (0.6, 0.0195), (1.0, 0.0145)])
_HAND = profile([(0.0, 0.0140), (0.35, 0.0185), (0.7, 0.0150), (1.0, 0.0085)])
_THIGH = profile([(0.0, 0.0460), (0.3, 0.0480), (0.7, 0.0400), (1.0, 0.0330)])
_CALF = profile([(0.0, 0.0320), (0.28, 0.0355), (0.7, 0.0250), (1.0, 0.0190)])
_NECK = profile([(0.0, 0.0270), (0.5, 0.0255), (1.0, 0.0300)])
_FOOT = profile([(0.0, 0.0200), (0.4, 0.0225), (0.8, 0.0205), (1.0, 0.0150)])
_ANKLE = profile([(0.0, 0.0215), (1.0, 0.0235)])
_EGG = np.interp(
    _STEP,
    [0.0, 0.02, 0.06, 0.14, 0.26, 0.42, 0.58, 0.72, 0.84, 0.92, 0.97, 1.0],
    [0.0, 0.30, 0.52, 0.76, 0.94, 1.00, 0.97, 0.87, 0.70, 0.52, 0.32, 0.0],
).astype(np.float32)

HEAD_U_SCALE = float(_EGG.mean()) / 2.0
"""Surface coordinate u of the head, per radian and per sum of its half-width and half-depth."""


def _facing(rotation: np.ndarray) -> float:
    return float(np.arctan2(rotation[0, 2], rotation[2, 2]))


class FigurePainter:
    """Draws the parts of one person onto a canvas."""

    def __init__(self, person: Person, skeleton: Skeleton, camera: Camera, canvas: Rasterizer) -> None:
        self.person, self.skeleton, self.camera, self.canvas = person, skeleton, camera, canvas
        self._torso_facing = _facing(skeleton.torso_rotation)
        self._pelvis_facing = _facing(skeleton.pelvis_rotation)
        self._head_facing = _facing(skeleton.head_rotation)

    def draw(self) -> None:
        """Draws everything; the depth buffer decides what is seen."""
        self._draw_torso()
        self._draw_lower_body()
        for side in (0, 1):
            self._draw_arm(side)
            self._draw_leg(side)
        self._draw_head()
        self._draw_hair()

    def _limb(
        self,
        start: np.ndarray,
        end: np.ndarray,
        radius: np.ndarray,
        part: Part,
        v: tuple[float, float],
        facing: float = 0.0,
        cut: tuple[float, float] | None = None,
        bias: float = 0.0,
    ) -> None:
        scale = self.camera.scale
        ends = self.camera.project(np.stack([start, end]))
        self.canvas.limb(
            ends[0],
            ends[1],
            radius * np.float32(scale),
            part,
            v_range=v,
            u_offset=-facing,
            u_scale=float(radius.mean()),
            cut=cut,
            bias=bias * scale,
        )

    def _loft(self, start, end, a, b, facing, part, v, bias=0.0, keep=None, repaint=None) -> None:  # type: ignore
        ends = self.camera.project(np.stack([start, end]))
        scale = self.camera.scale
        self.canvas.loft(
            ends[0],
            ends[1],
            a * scale,
            b * scale,
            facing,
            part,
            v_range=v,
            u_scale=float(a.mean() + b.mean()) / 2.0,
            bias=bias * scale,
            keep=keep,
            repaint=repaint,
        )

    def _draw_torso(self) -> None:
        person, bones = self.person, self.skeleton
        length = person.proportions.torso
        top_y = -length - 0.060
        bottom_y = 0.0 if person.tucked else person.hem
        loose = person.looseness * (0.5 if person.tucked else 1.0)
        a, b = torso_profiles(person, top_y, bottom_y, loose)
        start = bones.torso_rotation @ np.array([0.0, top_y, 0.0])
        end = bones.pelvis_rotation @ np.array([0.0, bottom_y, 0.0])
        span = bottom_y - top_y
        chest_line = 0.085 / span
        depth = person.neckline_depth * 0.26 / span
        half_angle = 0.75 if person.sleeves is not Sleeves.NONE else 0.95
        kind = person.neckline

        def bare(along: np.ndarray, angle: np.ndarray) -> np.ndarray:
            if kind is Neckline.HIGH:
                return along < chest_line * 0.32
            offset = np.abs(angle) / half_angle
            dip = np.clip(1.0 - (offset if kind is Neckline.V else offset * offset), 0.0, 1.0)
            factor = 1.35 if kind is Neckline.V else 1.0
            return along < chest_line * 0.45 + dip * depth * factor

        bias = -0.004 if person.tucked else 0.022
        self._loft(start, end, a, b, self._torso_facing, Part.TOP, (top_y, bottom_y), bias, None, (Part.CHEST, bare))

    def _draw_lower_body(self) -> None:
        person, bones = self.person, self.skeleton
        if person.bottom_kind is Bottom.SKIRT:
            start, end, a, b, length = skirt_shape(person, bones)
            self._loft(start, end, a, b, self._pelvis_facing, Part.SKIRT, (-0.065, length), 0.012)
            return
        top_y, bottom_y = -0.065, 0.055
        a, b = torso_profiles(person, top_y, bottom_y, 0.006 + person.leg_width * 0.4 if person.tucked else 0.0)
        # Towards the crotch the seat narrows to the depth of the thighs.
        b = b * (1.0 - 0.22 * np.clip((_STEP - 0.45) / 0.55, 0.0, 1.0))
        start = bones.pelvis_rotation @ np.array([0.0, top_y, 0.0])
        end = bones.pelvis_rotation @ np.array([0.0, bottom_y, 0.0])
        self._loft(start, end, a, b, self._pelvis_facing, Part.PELVIS, (top_y, bottom_y), 0.004)

    def _draw_arm(self, side: int) -> None:
        person, bones = self.person, self.skeleton
        shoulder, elbow, wrist = bones.joints[(2, 5)[side] : (2, 5)[side] + 3]
        shoulder = shoulder + bones.torso_rotation @ np.array([0.0, 0.013, 0.0])
        muscle = np.float32(person.muscle)
        upper, lower = _UPPER_ARM * muscle, _FOREARM * muscle
        facing = self._torso_facing
        p = person.proportions
        v_elbow = -p.torso + p.upper_arm
        ranges = (-p.torso, v_elbow), (v_elbow, v_elbow + p.forearm)
        cloth = np.float32(0.004 + person.looseness * 0.5)
        if person.sleeves is not Sleeves.LONG:
            self._limb(shoulder, elbow, upper, Part.ARM, ranges[0], facing)
            self._limb(elbow, wrist, lower, Part.ARM, ranges[1], facing)
        if person.sleeves is Sleeves.SHORT:
            widen = cloth * _SLEEVE_EASE * (1.0 + 0.6 * _STEP).astype(np.float32)
            self._limb(shoulder, elbow, upper + widen, Part.SLEEVE, ranges[0], facing, (-1.0, 0.55), 0.002)
        elif person.sleeves is Sleeves.LONG:
            self._limb(shoulder, elbow, upper + cloth * _SLEEVE_EASE, Part.SLEEVE, ranges[0], facing)
            cuff = (lower * 0.85 + cloth + 0.003).astype(np.float32)
            self._limb(elbow, wrist, cuff, Part.SLEEVE, ranges[1], facing, (-1.0, 1.0), 0.001)
        tip = bones.hands[side]
        self._limb(wrist, tip, _HAND * np.float32(0.5 + 0.5 * person.muscle), Part.HAND, (0.0, p.hand))
        outward = np.cross(tip - wrist, bones.torso_rotation[:, 0])
        outward = outward / (np.linalg.norm(outward) + 1e-6)
        thumb = wrist + (tip - wrist) * 0.30
        radius = profile([(0.0, 0.0085), (1.0, 0.0055)])
        self._limb(thumb, thumb + (tip - wrist) * 0.32 - outward * 0.020, radius, Part.HAND, (0.0, 0.03))

    def _draw_leg(self, side: int) -> None:
        person, bones = self.person, self.skeleton
        hip, knee, ankle = bones.joints[(8, 11)[side] : (8, 11)[side] + 3]
        girth = np.float32(0.5 * person.girth + 0.5 * person.muscle)
        thigh, calf = _THIGH * girth, _CALF * girth
        p = person.proportions
        facing = self._pelvis_facing
        ranges = (0.0, p.thigh), (p.thigh, p.thigh + p.calf)
        length = person.bottom_length * (p.thigh + p.calf)
        trousers = person.bottom_kind is Bottom.TROUSERS
        if not trousers:
            self._limb(hip, knee, thigh, Part.LEG, ranges[0], facing)
            self._limb(knee, ankle, calf, Part.LEG, ranges[1], facing)
        cloth = np.float32(0.003 + person.leg_width)
        if person.bottom_kind is Bottom.SHORTS:
            end = length / p.thigh
            widen = (thigh + cloth * (0.4 + 0.9 * _STEP)).astype(np.float32)
            self._limb(hip, knee, widen, Part.TROUSER, ranges[0], facing, (-1.0, end), 0.002)
        elif trousers:
            self._limb(hip, knee, thigh + cloth * np.float32(0.6), Part.TROUSER, ranges[0], facing)
            straight = np.maximum(calf * 0.9, 0.021) + cloth
            end = (length - p.thigh) / p.calf
            self._limb(knee, ankle, straight.astype(np.float32), Part.TROUSER, ranges[1], facing, (-1.0, end), 0.004)
            self._limb(knee, ankle, calf, Part.LEG, ranges[1], facing)
        self._limb(ankle, (bones.heels[side] * 0.6 + bones.toes[side] * 0.4), _ANKLE, Part.SHOE, (0.0, 0.03))
        self._limb(bones.heels[side], bones.toes[side], _FOOT, Part.SHOE, (0.0, 0.09))

    def _draw_head(self) -> None:
        person, bones = self.person, self.skeleton
        p = person.proportions
        neck = bones.joints[1]
        lower = neck + bones.torso_rotation @ np.array([0.0, 0.012, 0.006])
        upper = bones.head_base + bones.head_rotation @ np.array([0.0, -0.035, -0.008])
        self._limb(upper, lower, _NECK * np.float32(0.6 + 0.4 * person.muscle), Part.NECK, (0.0, 0.06))
        egg = _EGG.astype(np.float64)
        head = (p.head_width * egg, p.head_depth * egg)
        self._loft(bones.head_top, bones.head_base, *head, self._head_facing, Part.HEAD, (0.0, 1.0))
        bridge = bones.head_base + bones.head_rotation @ np.array([0.0, -0.50 * p.head, 0.88 * p.head_depth])
        tip = bones.head_base + bones.head_rotation @ np.array([0.0, -0.37 * p.head, 1.0 * p.head_depth])
        self._limb(bridge, tip, profile([(0.0, 0.004), (1.0, 0.0085)]), Part.NECK, (0.0, 0.02))
        if person.hair not in (Hair.LONG, Hair.BOB):
            for ear in bones.joints[16:18]:
                below = ear + bones.head_rotation @ np.array([0.0, 0.012, 0.0])
                self._limb(ear, below, profile([(0.0, 0.0105), (1.0, 0.008)]), Part.NECK, (0.0, 0.02))

    def _draw_hair(self) -> None:
        person, bones = self.person, self.skeleton
        if person.hair is Hair.BALD:
            return
        p = person.proportions
        draped = person.hair in (Hair.LONG, Hair.BOB)
        thick = 0.010 if draped else 0.007
        top = bones.head_top + bones.head_rotation @ np.array([0.0, -0.010, -0.004])
        bottom = bones.head_base + bones.head_rotation @ np.array([0.0, 0.004, -0.004])
        egg = _EGG.astype(np.float64)
        a, b = egg * (p.head_width + thick), egg * (p.head_depth + thick)
        side_line, back_line = (0.98, 0.98) if draped else (0.52, 0.82)

        def covered(along: np.ndarray, angle: np.ndarray) -> np.ndarray:
            turn = np.abs(angle)
            side = np.clip((turn - 0.75) * 2.2, 0.0, 1.0)
            back = np.clip((turn - 1.65) * 2.0, 0.0, 1.0)
            return along < 0.25 + 0.05 * turn + side * (side_line - 0.30) + back * (back_line - side_line)

        self._loft(top, bottom, a, b, self._head_facing, Part.HAIR, (0.0, p.head), 0.0, covered)
        if draped:
            drop = 0.035 if person.hair is Hair.BOB else person.hair_length
            start = bones.head_base + bones.head_rotation @ np.array([0.0, -0.60 * p.head, -0.020])
            low = bones.head_base + bones.torso_rotation @ np.array([0.0, drop, -0.045])
            width = profile([(0.0, p.head_width * 0.9), (0.3, p.head_width + 0.014), (0.8, 0.060), (1.0, 0.046)])
            width = np.minimum(width, 0.02 + 0.12 * np.sqrt(1.001 - _STEP))
            depth = profile([(0.0, 0.034), (0.6, 0.030), (1.0, 0.020)]).astype(np.float64)
            self._loft(start, low, width, depth, self._torso_facing, Part.HAIR, (0.06, 0.06 + drop))
        elif person.hair is Hair.BUN:
            centre = bones.head_top + bones.head_rotation @ np.array([0.0, 0.012, -0.052])
            self._limb(
                centre,
                centre + np.array([0.0, 0.01, 0.0]),
                profile([(0.0, 0.026), (1.0, 0.024)]),
                Part.HAIR,
                (0.0, 0.02),
            )
