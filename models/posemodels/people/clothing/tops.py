"""Tops cut from the tights around the body: sleeves, hems, necklines and ease.

A cut is a field over base vertices, in decimetres on the base shape: cloth is where it is positive.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posemodels.people.body.base_body import BaseBody

SLEEVELESS, LONG_SLEEVE = 0.0, 0.97
_SLEEVES = (SLEEVELESS, 0.22, 0.32, 0.45, 0.62, 0.9, LONG_SLEEVE)
_STAND_OFF = {"tight": 0.1, "regular": 0.16, "loose": 0.24}
_EASE = {"tight": 0.0, "regular": 0.14, "loose": 0.35}
_DRAPED = {"tight": 2, "regular": 7, "loose": 14}
_NECK_HEIGHT = 6.2
_EVERYWHERE = 9.0


@dataclass(frozen=True)
class Top:
    """One cut of a top."""

    sleeve: float
    """Length along the arm: 0 none, 0.5 to the elbow, 1 to the wrist."""
    fit: str
    """tight, regular or loose."""
    neckline: str
    """round, v, high or wide."""
    neck_radius: float
    v_depth: float
    """Height where a V begins."""
    hem: float
    """Height of the lower end."""

    @property
    def stand_off(self) -> float:
        """Decimetres between skin and cloth everywhere."""
        return _STAND_OFF[self.fit]

    @property
    def ease(self) -> float:
        """More decimetres where the cut is wide."""
        return _EASE[self.fit]

    def cut(self, body: BaseBody) -> np.ndarray:
        """[V] the field of the cut."""
        x, y, _ = body.rest.T
        sleeve = (self.sleeve - body.along_arm) * 5 if self.sleeve > SLEEVELESS else np.full(len(y), -1.0)
        field = np.where(body.on_arm, sleeve, np.minimum(y - self.hem, self.neck_cut(body)))
        if self.sleeve == SLEEVELESS:
            armhole = np.interp(y, [3.0, 4.0, 6.0], [2.2, 1.45, 1.2]) - np.abs(x)
            field = np.minimum(field, np.where(~body.on_arm & (y > 3), armhole, _EVERYWHERE))
        return field

    def neck_cut(self, body: BaseBody) -> np.ndarray:
        """[V] the field of the neckline alone."""
        x, y, z = body.rest.T
        if self.neckline == "high":
            return 6.05 - y
        front = front_side(body)
        below = y - _NECK_HEIGHT
        in_front = np.sqrt(x**2 + (0.75 * below) ** 2 + (0.6 * (z - 0.2)) ** 2)
        behind = np.sqrt(x**2 + (1.4 * below) ** 2)
        field = np.where(y > 3.0, np.where(front, in_front, behind) - self.neck_radius, _EVERYWHERE)
        if self.neckline == "v":
            opening = np.abs(x) - 0.62 * (y - self.v_depth)
            field = np.minimum(field, np.where(front & (y > self.v_depth - 0.5), opening, _EVERYWHERE))
        return field

    def offset(self, body: BaseBody) -> np.ndarray:
        """[V] how far the cloth stands off the tights, along their normals."""
        x, y, _ = body.rest.T
        short = 1.2 if self.sleeve < 0.6 else 0.6
        on_arm = self.stand_off + self.ease * np.interp(body.along_arm, [0.1, 0.5, 1], [0.15, 0.8, 0.5]) * short
        on_trunk = self.stand_off + self.ease * np.interp(y, [self.hem, 2.5, 5, 6], [1, 0.6, 0.2, 0])
        near_neck = ((np.hypot(x, y - 6.0) - 0.8) / 1.1).clip(0.4, 1)
        return np.where(body.on_arm, on_arm, on_trunk * near_neck)

    def drape(self, body: BaseBody, positions: np.ndarray, normals: np.ndarray) -> np.ndarray:
        """[V, 3] of the tights, with hollows of the trunk bridged the more the looser the fit."""
        y = body.rest[:, 1]
        free = np.where(~body.on_arm & (y > 0.2), np.interp(y, [0.2, 1, 4.4, 5.1], [0, 1, 1, 0]), 0)
        share = 0.7 * free[body.tights.base_vertices][:, None]
        for _ in range(_DRAPED[self.fit]):
            inwards = ((body.tights.neighbour_mean @ positions - positions) * normals).sum(axis=1, keepdims=True)
            positions = positions + normals * share * inwards
        return positions


def random_top(rng: np.random.Generator, female: bool, of_dress: bool) -> Top:
    """Any sleeve and neckline; men's tops have sleeves. The top of a dress ends at the waist."""
    sleeve = float(rng.choice(_SLEEVES, p=[0.12, 0.14, 0.24, 0.1, 0.08, 0.17, 0.15]))
    if not female and sleeve < 0.2:
        sleeve = 0.3
    fit = str(rng.choice(list(_EASE), p=[0.3, 0.45, 0.25]))
    neckline = str(rng.choice(["round", "v", "high", "wide"], p=[0.5, 0.25, 0.15, 0.1]))
    radius = {"round": rng.uniform(1.0, 1.35), "v": 1.05, "high": 0.0, "wide": 1.75}[neckline]
    hem = rng.uniform(0.0, 0.9) if rng.random() < 0.8 else rng.uniform(1.2, 2.0) if female else 0.3
    return Top(sleeve, fit, neckline, float(radius), float(rng.uniform(3.6, 4.7)), 1.45 if of_dress else float(hem))


def front_side(body: BaseBody) -> np.ndarray:
    """[V] in front of the shoulder seams."""
    _, y, z = body.rest.T
    return z > np.interp(y, [4.5, 5.2, 6.2], [-0.1, 0, 0.15])
