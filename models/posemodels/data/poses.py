"""Poses of product photos: the named library, joint limits, and the random distribution that models are trained on."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from .skeleton import Limb, Pose

ARM_LIMITS = Limb(60.0, 60.0, 80.0, 60.0), Limb(175.0, 175.0, 100.0, 145.0)
LEG_LIMITS = Limb(30.0, 12.0, 20.0, 0.0), Limb(80.0, 45.0, 40.0, 110.0)
"""Largest negative (first) and positive (second) angles of each kind of limb; the first of each pair is negated."""


@dataclass(frozen=True)
class NamedPose:
    """A pose of the library with what a person reads about it."""

    name: str
    title: str
    description: str
    pose: Pose


def _arm(swing: float = 0.0, spread: float = 9.0, turn: float = 0.0, bend: float = 10.0) -> Limb:
    return Limb(swing, spread, turn, bend)


def _leg(swing: float = 0.0, spread: float = 3.0, turn: float = 10.0, bend: float = 0.0) -> Limb:
    return Limb(swing, spread, turn, bend)


_HIP_HAND = _arm(swing=-22.0, spread=48.0, turn=78.0, bend=92.0)

LIBRARY: tuple[NamedPose, ...] = (
    NamedPose("front", "Front", "Stands straight, faces the camera, arms relaxed.", Pose()),
    NamedPose(
        "three-quarter-left",
        "Three-quarter left",
        "Turned 40 degrees towards the left edge of the picture.",
        Pose(yaw=-40.0, head_yaw=8.0),
    ),
    NamedPose(
        "three-quarter-right",
        "Three-quarter right",
        "Turned 40 degrees towards the right edge of the picture.",
        Pose(yaw=40.0, head_yaw=-8.0),
    ),
    NamedPose(
        "side-left",
        "Side, facing left",
        "Profile towards the left edge of the picture.",
        Pose(yaw=-85.0, right_arm=_arm(swing=6.0), left_arm=_arm(swing=-8.0)),
    ),
    NamedPose(
        "side-right",
        "Side, facing right",
        "Profile towards the right edge of the picture.",
        Pose(yaw=85.0, right_arm=_arm(swing=-8.0), left_arm=_arm(swing=6.0)),
    ),
    NamedPose("back", "Back", "Seen from behind, arms relaxed.", Pose(yaw=180.0)),
    NamedPose(
        "hands-on-hips",
        "Hands on hips",
        "Faces the camera with both hands on the hips.",
        Pose(right_arm=_HIP_HAND, left_arm=_HIP_HAND, right_leg=_leg(spread=6.0), left_leg=_leg(spread=6.0)),
    ),
    NamedPose(
        "hand-on-hip",
        "One hand on hip",
        "Left hand on the hip, weight on the left leg.",
        Pose(left_arm=_HIP_HAND, sway=4.0, tilt=-2.0, right_leg=_leg(spread=9.0, swing=4.0, bend=6.0)),
    ),
    NamedPose(
        "walking",
        "Walking",
        "Walks towards the camera, slightly turned.",
        Pose(
            yaw=22.0,
            right_arm=_arm(swing=24.0, bend=22.0),
            left_arm=_arm(swing=-22.0, bend=12.0),
            right_leg=_leg(swing=-16.0, bend=14.0, spread=2.0),
            left_leg=_leg(swing=20.0, bend=6.0, spread=2.0),
        ),
    ),
    NamedPose(
        "walking-side",
        "Walking, side view",
        "Walks towards the right edge of the picture.",
        Pose(
            yaw=75.0,
            right_arm=_arm(swing=26.0, bend=25.0),
            left_arm=_arm(swing=-24.0, bend=14.0),
            right_leg=_leg(swing=-18.0, bend=16.0),
            left_leg=_leg(swing=24.0, bend=8.0),
        ),
    ),
    NamedPose(
        "stepping",
        "Stepping forward",
        "Steps forward with a lifted knee.",
        Pose(
            yaw=-25.0,
            right_leg=_leg(swing=38.0, bend=50.0),
            right_arm=_arm(swing=-18.0, bend=15.0),
            left_arm=_arm(swing=22.0, bend=28.0),
        ),
    ),
    NamedPose(
        "contrapposto",
        "Contrapposto",
        "Weight on the right leg, left knee relaxed.",
        Pose(
            yaw=12.0, sway=-5.0, tilt=4.0, left_leg=_leg(spread=10.0, swing=8.0, bend=14.0), left_arm=_arm(spread=14.0)
        ),
    ),
    NamedPose(
        "arms-crossed",
        "Arms crossed",
        "Forearms crossed before the chest.",
        Pose(
            right_arm=_arm(swing=28.0, spread=8.0, turn=78.0, bend=100.0),
            left_arm=_arm(swing=22.0, spread=8.0, turn=76.0, bend=96.0),
        ),
    ),
    NamedPose(
        "arms-raised",
        "Arms raised",
        "Both arms up in a wide V.",
        Pose(right_arm=_arm(spread=145.0, bend=15.0), left_arm=_arm(spread=145.0, bend=15.0)),
    ),
    NamedPose(
        "t-pose",
        "T-pose",
        "Both arms held out to the sides.",
        Pose(
            right_arm=_arm(spread=88.0, bend=4.0),
            left_arm=_arm(spread=88.0, bend=4.0),
            right_leg=_leg(spread=6.0),
            left_leg=_leg(spread=6.0),
        ),
    ),
    NamedPose(
        "a-pose",
        "A-pose",
        "Arms held 40 degrees away from the body.",
        Pose(
            right_arm=_arm(spread=40.0, bend=4.0),
            left_arm=_arm(spread=40.0, bend=4.0),
            right_leg=_leg(spread=7.0),
            left_leg=_leg(spread=7.0),
        ),
    ),
    NamedPose(
        "wave",
        "Wave",
        "Left hand raised in a wave.",
        Pose(left_arm=_arm(spread=80.0, turn=-78.0, swing=0.0, bend=85.0)),
    ),
    NamedPose(
        "arms-behind",
        "Arms behind the back",
        "Hands joined behind the back.",
        Pose(
            right_arm=_arm(swing=-32.0, spread=14.0, turn=70.0, bend=42.0),
            left_arm=_arm(swing=-32.0, spread=14.0, turn=70.0, bend=42.0),
        ),
    ),
    NamedPose(
        "over-shoulder",
        "Looking over the shoulder",
        "Seen half from behind, head turned back to the camera.",
        Pose(yaw=-140.0, twist=14.0, head_yaw=58.0),
    ),
    NamedPose(
        "hand-to-chin",
        "Hand to chin",
        "Right hand at the chin, left arm relaxed.",
        Pose(yaw=15.0, right_arm=_arm(swing=28.0, spread=6.0, turn=22.0, bend=132.0)),
    ),
    NamedPose(
        "arms-forward",
        "Arms forward",
        "Both arms held out towards the camera, turned to the side.",
        Pose(yaw=55.0, right_arm=_arm(swing=70.0, bend=18.0), left_arm=_arm(swing=70.0, bend=18.0)),
    ),
)

_LIBRARY_WEIGHTS = {"front": 4.0, "hands-on-hips": 2.0, "hand-on-hip": 2.0, "walking": 2.0, "contrapposto": 2.0}


def named_pose(name: str) -> NamedPose:
    """:raises KeyError: there is no such pose in the library."""
    for entry in LIBRARY:
        if entry.name == name:
            return entry
    raise KeyError(f"no pose named '{name}'; there are {', '.join(entry.name for entry in LIBRARY)}")


def mirrored(pose: Pose) -> Pose:
    """The mirror image: left and right exchanged."""
    return Pose(
        yaw=-pose.yaw,
        lean=pose.lean,
        tilt=-pose.tilt,
        twist=-pose.twist,
        sway=-pose.sway,
        head_yaw=-pose.head_yaw,
        head_pitch=pose.head_pitch,
        head_roll=-pose.head_roll,
        right_arm=pose.left_arm,
        left_arm=pose.right_arm,
        right_leg=pose.left_leg,
        left_leg=pose.right_leg,
    )


def _limited(limb: Limb, limits: tuple[Limb, Limb]) -> Limb:
    low, high = limits
    return Limb(
        **{
            f.name: float(np.clip(getattr(limb, f.name), -getattr(low, f.name), getattr(high, f.name)))
            for f in fields(Limb)
        }
    )


def within_limits(pose: Pose) -> Pose:
    """The nearest pose inside the joint limits. Elbows and knees never bend backwards."""
    arms = {name: _limited(getattr(pose, name), ARM_LIMITS) for name in ("right_arm", "left_arm")}
    arms = {name: replace(arm, bend=max(arm.bend, 0.0)) for name, arm in arms.items()}
    legs = {name: _limited(getattr(pose, name), LEG_LIMITS) for name in ("right_leg", "left_leg")}
    return replace(
        pose,
        **arms,
        **legs,
        lean=float(np.clip(pose.lean, -10.0, 25.0)),
        tilt=float(np.clip(pose.tilt, -14.0, 14.0)),
        twist=float(np.clip(pose.twist, -30.0, 30.0)),
        sway=float(np.clip(pose.sway, -8.0, 8.0)),
        head_yaw=float(np.clip(pose.head_yaw, -65.0, 65.0)),
        head_pitch=float(np.clip(pose.head_pitch, -20.0, 25.0)),
        head_roll=float(np.clip(pose.head_roll, -16.0, 16.0)),
    )


def _jittered(limb: Limb, rng: np.random.Generator, sigma: tuple[float, float, float, float]) -> Limb:
    noise = rng.normal(size=4) * sigma
    return Limb(
        limb.swing + noise[0], limb.spread + noise[1], limb.turn + noise[2], max(0.0, limb.bend + abs(noise[3]))
    )


def _random_arm(rng: np.random.Generator) -> Limb:
    return Limb(
        swing=float(rng.uniform(-30.0, 75.0)),
        spread=float(rng.choice((rng.uniform(5.0, 50.0), rng.uniform(40.0, 150.0)), p=(0.7, 0.3))),
        turn=float(rng.uniform(-60.0, 80.0)),
        bend=float(rng.uniform(0.0, 110.0)),
    )


def _random_yaw(rng: np.random.Generator) -> float:
    choice = rng.random()
    if choice < 0.12:
        return float(180.0 + rng.normal() * 22.0)
    if choice < 0.22:
        return float(rng.choice((-1.0, 1.0)) * rng.uniform(65.0, 110.0))
    return float(np.clip(rng.normal() * 28.0, -60.0, 60.0))


def sample_pose(rng: np.random.Generator) -> Pose:
    """One pose of the training distribution: mostly varied library poses, one in five with free arms."""
    weights = np.array([_LIBRARY_WEIGHTS.get(entry.name, 1.0) for entry in LIBRARY])
    entry = LIBRARY[rng.choice(len(LIBRARY), p=weights / weights.sum())]
    pose = mirrored(entry.pose) if rng.random() < 0.5 else entry.pose
    # Poses whose point is the view keep it; the others take the general distribution of views.
    if abs(pose.yaw) < 30.0:
        pose = replace(pose, yaw=_random_yaw(rng))
    else:
        pose = replace(pose, yaw=pose.yaw + float(rng.normal() * 12.0))
    arm_sigma, leg_sigma = (7.0, 5.0, 7.0, 9.0), (4.0, 2.0, 5.0, 5.0)
    right_arm, left_arm = (_jittered(arm, rng, arm_sigma) for arm in (pose.right_arm, pose.left_arm))
    if rng.random() < 0.15:
        right_arm = _random_arm(rng)
    if rng.random() < 0.15:
        left_arm = _random_arm(rng)
    noise = rng.normal(size=7) * (2.5, 2.0, 6.0, 2.0, 12.0, 5.0, 4.0)
    return within_limits(
        replace(
            pose,
            right_arm=right_arm,
            left_arm=left_arm,
            right_leg=_jittered(pose.right_leg, rng, leg_sigma),
            left_leg=_jittered(pose.left_leg, rng, leg_sigma),
            lean=pose.lean + noise[0],
            tilt=pose.tilt + noise[1],
            twist=pose.twist + noise[2],
            sway=pose.sway + noise[3],
            head_yaw=pose.head_yaw + noise[4],
            head_pitch=pose.head_pitch + noise[5],
            head_roll=pose.head_roll + noise[6],
        )
    )
