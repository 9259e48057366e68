"""Cross-sections of the torso and of garments that span more than one limb."""

from __future__ import annotations

import numpy as np

from .person import Person
from .rasterizer import PROFILE_STEPS
from .skeleton import Skeleton


def torso_profiles(person: Person, top: float, bottom: float, cloth: float) -> tuple[np.ndarray, np.ndarray]:
    """Half-width and half-depth of the dressed torso.

    :param top: upper end of the table, in body heights below mid-hip (so negative), and `bottom` the lower.
    :param cloth: distance of the cloth from the skin.
    :return: two tables of `PROFILE_STEPS` values, body heights.
    """
    length = person.proportions.torso
    shoulder = person.proportions.shoulder
    g, hips, waist = person.girth, person.hips, person.waist
    # Cloth at the hips must clear the tops of the thighs, whatever the body's proportions.
    thighs = person.proportions.hip + 0.047 * (0.5 * g + 0.5 * person.muscle) + 0.6 * person.leg_width + 0.004
    hip = max(0.089 * g * hips, thighs)
    at = np.array([-1.22, -1.15, -1.09, -1.04, -0.99, -0.90, -0.74, -0.38, 0.0, 0.17, 0.40]) * length
    a = [0.029, 0.036, 0.058, 0.083, shoulder * 0.97, shoulder * 0.97, 0.094 * g, 0.077 * g * waist, hip - 0.006, hip,
         hip]  # fmt: skip
    b = [0.029, 0.031, 0.034, 0.038, 0.044, 0.052, 0.064 * g, 0.055 * g * waist, 0.064 * g * hips, 0.067 * g * hips,
         0.062 * g * hips]  # fmt: skip
    y = np.linspace(top, bottom, PROFILE_STEPS)
    fade = np.clip((y + 1.10 * length) / (0.2 * length), 0.0, 1.0)
    return _smooth(np.interp(y, at, a)) + cloth * fade, _smooth(np.interp(y, at, b)) + cloth * fade


def skirt_shape(person: Person, bones: Skeleton) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, float]:
    """A skirt that hangs over both legs however far apart they are, so that no leg tears it.

    :return: start and end of the axis [3] in the world, half-width and half-depth tables, and the cloth's length
        below mid-hip in body heights.
    """
    p = person.proportions
    length = person.bottom_length * (p.thigh + p.calf)
    frame = bones.pelvis_rotation
    local = bones.joints[[8, 9, 10, 11, 12, 13]] @ frame
    fractions = np.linspace(0.0, 1.0, 9) * length
    legs = np.stack([_along(local[:3], fractions, p.thigh, p.calf), _along(local[3:], fractions, p.thigh, p.calf)])
    top_y = -0.065
    hem = legs[:, -1]
    bottom = np.array([hem[:, 0].mean(), hem[:, 1].max(), hem[:, 2].mean()])
    start = np.array([0.0, top_y, 0.0])
    y = np.linspace(top_y, bottom[1], PROFILE_STEPS)
    waist_a, waist_b = torso_profiles(person, top_y, 0.11, 0.008)
    body_y = np.linspace(top_y, 0.11, PROFILE_STEPS)
    t = np.linspace(0.0, 1.0, PROFILE_STEPS)
    flare = person.flare * t * t
    a = np.interp(y, body_y, waist_a) + flare
    b = np.interp(y, body_y, waist_b) + flare * 0.8
    axis = start + (bottom - start) * t[:, None]
    radius = np.interp(np.linspace(0.0, 1.0, 9) * person.bottom_length, [0.0, 0.5, 1.0], [0.050, 0.038, 0.034])
    for leg in legs:
        reach_x = np.abs(leg[:, 0] - np.interp(leg[:, 1], y, axis[:, 0])) + radius
        reach_z = np.abs(leg[:, 2] - np.interp(leg[:, 1], y, axis[:, 2])) + radius
        order = np.argsort(leg[:, 1])
        a = np.maximum(a, np.interp(y, leg[order, 1], reach_x[order], left=0.0) + 0.006)
        b = np.maximum(b, np.interp(y, leg[order, 1], reach_z[order], left=0.0) + 0.006)
    return frame @ start, frame @ bottom, _smooth(a, 6), _smooth(b, 6), length


def _along(chain: np.ndarray, fractions: np.ndarray, first: float, second: float) -> np.ndarray:
    at = np.array([0.0, first, first + second])
    return np.stack([np.interp(fractions, at, chain[:, i]) for i in range(3)], axis=1)


def _smooth(table: np.ndarray, rounds: int = 2) -> np.ndarray:
    for _ in range(rounds):
        table = np.convolve(np.pad(table, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    return table
