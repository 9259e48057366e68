"""Random poses of shop photographs."""

from __future__ import annotations

import numpy as np

from posemodels.people.posing.person_pose import ArmDirections, ArmPose, HandPlace, HandSite, LegPose, PersonPose

_SHARES = {
    "stand": 0.16, "contrapposto": 0.12, "hands-on-hips": 0.09, "hand-on-hip": 0.09, "walk": 0.12,
    "arms-crossed": 0.07, "arms-up": 0.03, "arm-up": 0.04, "behind-head": 0.03, "chin": 0.05, "pocket": 0.09,
    "gesture": 0.05, "wide": 0.03, "step": 0.03,
}  # fmt: skip
POSE_KINDS = tuple(_SHARES)
_LEFT, _RIGHT = 0, 1
_HANDS_AT_BODY = ("hands-on-hips", "hand-on-hip", "pocket")


def random_pose(rng: np.random.Generator, kind: str | None = None, yaw: float | None = None) -> PersonPose:
    """A pose of one of `POSE_KINDS`, seen from a random side; both can be given instead."""
    kind = kind or str(rng.choice(POSE_KINDS, p=list(_SHARES.values())))
    support = int(rng.integers(2))
    sign = 1 if support == _LEFT else -1
    weight_shift = float(_weight_shift(kind, rng))
    pelvis = rng.uniform(-3, 4), rng.uniform(-8, 8), -sign * weight_shift * 6
    spine = rng.uniform(-5, 5), rng.uniform(-10, 10), sign * weight_shift * 9 + rng.uniform(-2, 2)
    head = rng.uniform(-10, 10), rng.uniform(-30, 30) * (rng.random() < 0.7), rng.uniform(-7, 7)
    shift = sign * weight_shift * 0.45
    if kind in ("walk", "step"):
        legs, front = _stride(kind, rng)
        twist = 1 if front == _LEFT else -1
        pelvis, spine = (rng.uniform(0, 3), -6 * twist, 0.0), (rng.uniform(-2, 4), 8 * twist, 0.0)
        shift = 0.0
    else:
        legs = _standing(kind, weight_shift, support, rng)
    curl = (-4, 6) if kind in _HANDS_AT_BODY else (5, 35)
    return PersonPose(
        kind=kind,
        pelvis=pelvis,
        spine=spine,
        head=head,
        shift=shift,
        legs=legs,
        arms=(_arm(kind, _LEFT, support, legs, rng), _arm(kind, _RIGHT, support, legs, rng)),
        forearm_twist=(rng.uniform(-20, 20), rng.uniform(-20, 20)),
        finger_curl=(rng.uniform(*curl), rng.uniform(*curl)),
        yaw=random_yaw(rng) if yaw is None else yaw,
    )


def random_yaw(rng: np.random.Generator) -> float:
    """Mostly towards the camera; one in five from any side."""
    return float(rng.normal(0, 32)) if rng.random() < 0.82 else float(rng.uniform(-180, 180))


def _weight_shift(kind: str, rng: np.random.Generator) -> float:
    if kind == "wide":
        return 0.0
    low, high = {"contrapposto": (0.5, 1.0), "hand-on-hip": (0.3, 1.0)}.get(kind, (0.0, 0.5))
    return rng.uniform(low, high)


def _standing(kind: str, weight_shift: float, support: int, rng: np.random.Generator) -> tuple[LegPose, LegPose]:
    legs = []
    for side in (_LEFT, _RIGHT):
        free = weight_shift > 0.3 and side != support
        x = (1 - 2 * side) * rng.uniform(0.75, 1.25) * (rng.uniform(1.6, 2.1) if kind == "wide" else 1)
        z = rng.uniform(0, 1.2) * free + rng.uniform(-0.2, 0.2)
        legs.append(LegPose(x, z, rng.uniform(2, 15) + free * rng.uniform(0, 12)))
    return legs[0], legs[1]


def _stride(kind: str, rng: np.random.Generator) -> tuple[tuple[LegPose, LegPose], int]:
    """Legs of a step, and which one is in front."""
    length = rng.uniform(1.2, 3.2) if kind == "walk" else rng.uniform(0.8, 1.6)
    front = int(rng.integers(2))
    pitch = min(length * 13, 38)
    legs = []
    for side in (_LEFT, _RIGHT):
        x, toe_out = (1 - 2 * side) * rng.uniform(0.45, 0.75), rng.uniform(0, 8)
        behind = side != front
        legs.append(
            LegPose(x, -0.6 * length, toe_out, pitch, pitch / 38) if behind else LegPose(x, 0.55 * length, toe_out)
        )
    return (legs[0], legs[1]), front


def _arm(kind: str, side: int, support: int, legs: tuple[LegPose, LegPose], rng: np.random.Generator) -> ArmPose:
    u = rng.uniform
    leads = side == support
    out = 1 - 2 * side
    if kind == "hands-on-hips" or (kind == "hand-on-hip" and leads):
        offset, elbow = (u(0.1, 0.3), u(0.8, 1.25), u(0.05, 0.4)), (1, u(-0.1, 0.2), -u(0.3, 0.8))
        return _hand(HandSite.HIP, offset, elbow, (u(-0.1, 0.1), -0.6, u(0.2, 0.7)))
    if kind == "arms-crossed":
        above = 1 - side
        offset = (-u(0.35, 0.75), u(-1.9, -1.3) + 0.35 * above, 0.75 + 0.45 * above)
        return _hand(HandSite.CHEST, offset, (1, -1.1, 0.1), (-1, 0.25, 0.1))
    if kind == "arms-up" or (kind == "arm-up" and leads):
        return _directions((out * u(0.25, 0.8), u(0.6, 1), u(-0.1, 0.3)), (out * u(-0.5, 0.4), 1, u(0.05, 0.35)))
    if kind == "behind-head" and (leads or rng.random() < 0.6):
        return _hand(HandSite.HEAD, (u(0.4, 0.7), u(-0.2, 0.4), -0.9), (1, u(0.1, 0.5), 0.25), (-1, 0.2, 0.1))
    if kind == "chin" and leads:
        return _hand(HandSite.HEAD, (u(0.1, 0.5), -1.75, u(1.5, 1.9)), (0.8, -1, -0.1), (-0.15, 1, -0.1))
    if kind == "chin":
        return _hand(HandSite.CHEST, (-0.5, -2.2, 0.9), (1, -1, 0), (-1, 0.1, 0))
    if kind == "pocket" and (leads or rng.random() < 0.6):
        return _hand(HandSite.HIP, (u(0, 0.15), u(0.2, 0.6), u(0.2, 0.6)), (1, -0.1, -1.2), (-0.2, -1, 0.2))
    if kind == "gesture" and (leads or rng.random() < 0.3):
        upper = out * u(0.2, 0.9), u(-1, -0.3), u(-0.1, 0.5)
        return _directions(upper, (out * u(-0.2, 0.9), u(-0.3, 0.8), u(0.4, 1)))
    if kind in ("walk", "step"):
        forward = -legs[side].z
        upper = out * u(0.12, 0.22), -1.0, forward * u(0.15, 0.3)
        return _directions(upper, (out * u(-0.1, 0.1), -1, max(forward * 0.3, 0) + u(0.2, 0.5)))
    return _directions((out * u(0.12, 0.3), -1, u(-0.25, 0.08)), (out * u(-0.12, 0.22), -1, u(0.12, 0.45)))


def _hand(site: HandSite, offset: tuple, elbow: tuple, hand: tuple) -> HandPlace:
    return HandPlace(site, np.array(offset, float), np.array(elbow, float), np.array(hand, float))


def _directions(upper: tuple, fore: tuple) -> ArmDirections:
    return ArmDirections(np.array(upper, float), np.array(fore, float))
