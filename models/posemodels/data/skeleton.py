"""The articulated body: joint names, proportions, and forward kinematics from a pose to 3-D points.

Body frame: origin at mid-hip, x to the person's left, y down, z forward, in units of the canonical body height.
World frame: x to the right of the picture, y down, z towards the viewer; a person with yaw 0 faces the viewer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

JOINT_NAMES: tuple[str, ...] = (
    "nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow", "left_wrist",
    "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle",
    "right_eye", "left_eye", "right_ear", "left_ear",
)  # fmt: skip
JOINT_COUNT = len(JOINT_NAMES)

LIMBS: tuple[tuple[int, int], ...] = (
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10), (1, 11), (11, 12), (12, 13),
    (1, 0), (0, 14), (14, 16), (0, 15), (15, 17),
)  # fmt: skip

MIRRORED_JOINTS: tuple[int, ...] = (0, 1, 5, 6, 7, 2, 3, 4, 11, 12, 13, 8, 9, 10, 15, 14, 17, 16)
"""The joint that each one is in the mirror."""

CAMERA_PITCH_DEGREES = 5.0


@dataclass(frozen=True)
class Proportions:
    """Lengths and half-widths of the body in canonical body heights (sole to crown is about 1)."""

    torso: float = 0.295
    shoulder: float = 0.105
    hip: float = 0.052
    upper_arm: float = 0.162
    forearm: float = 0.138
    hand: float = 0.075
    thigh: float = 0.240
    calf: float = 0.225
    foot: float = 0.095
    neck: float = 0.062
    head: float = 0.138
    head_width: float = 0.047
    head_depth: float = 0.056


@dataclass(frozen=True)
class Limb:
    """Angles of one arm or leg in degrees, in the convention of the left side (the right side is its mirror image).

    Arms: `swing` forward, `spread` away from the body, `turn` inwards about the limb's own axis, `bend` of the elbow.
    Legs: `swing` forward, `spread` sideways, `turn` of the foot outwards, `bend` of the knee.
    """

    swing: float = 0.0
    spread: float = 0.0
    turn: float = 0.0
    bend: float = 0.0


@dataclass(frozen=True)
class Pose:
    """Everything that moves: angles in degrees, all zero being a person who stands to attention facing the viewer."""

    yaw: float = 0.0
    lean: float = 0.0
    tilt: float = 0.0
    twist: float = 0.0
    sway: float = 0.0
    head_yaw: float = 0.0
    head_pitch: float = 0.0
    head_roll: float = 0.0
    right_arm: Limb = Limb(spread=8.0, bend=8.0)
    left_arm: Limb = Limb(spread=8.0, bend=8.0)
    right_leg: Limb = Limb(spread=3.0, turn=8.0)
    left_leg: Limb = Limb(spread=3.0, turn=8.0)


@dataclass(frozen=True)
class Skeleton:
    """A posed body in the world frame; the floor is at `floor`. All rotations map a local frame to the world."""

    joints: np.ndarray
    """[18, 3] joints in OpenPose order."""
    hands: np.ndarray
    """[2, 3] finger tips, right then left."""
    toes: np.ndarray
    """[2, 3] toe ends, right then left."""
    heels: np.ndarray
    """[2, 3] heels, right then left."""
    head_base: np.ndarray
    head_top: np.ndarray
    mid_hip: np.ndarray
    pelvis_rotation: np.ndarray
    torso_rotation: np.ndarray
    head_rotation: np.ndarray
    floor: float


def rotation_x(degrees: float) -> np.ndarray:
    """Rotation about x that carries down (y) towards forward (z)."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def rotation_y(degrees: float) -> np.ndarray:
    """Rotation about the vertical that carries forward (z) towards x."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def rotation_z(degrees: float) -> np.ndarray:
    """Rotation about z that carries down (y) towards x."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])


_MIRROR = np.array([-1.0, 1.0, 1.0])
_DOWN = np.array([0.0, 1.0, 0.0])
_FORWARD = np.array([0.0, 0.0, 1.0])


def _arm(limb: Limb, p: Proportions) -> np.ndarray:
    """Elbow, wrist and finger tip of a left arm relative to its shoulder, [3, 3]."""
    upper = rotation_x(limb.swing) @ rotation_z(limb.spread) @ rotation_y(-limb.turn)
    lower = upper @ rotation_x(limb.bend)
    elbow = upper @ _DOWN * p.upper_arm
    wrist = elbow + lower @ _DOWN * p.forearm
    tip = wrist + lower @ rotation_x(12.0) @ _DOWN * p.hand
    return np.stack([elbow, wrist, tip])


def _leg(limb: Limb, p: Proportions) -> np.ndarray:
    """Knee, ankle, toe and heel of a left leg relative to its hip, [4, 3]."""
    upper = rotation_x(limb.swing) @ rotation_z(limb.spread) @ rotation_y(limb.turn)
    lower = upper @ rotation_x(-limb.bend)
    knee = upper @ _DOWN * p.thigh
    ankle = knee + lower @ _DOWN * p.calf
    forward = lower @ _FORWARD * np.array([1.0, 0.6, 1.0])
    forward = forward / np.linalg.norm(forward)
    sole = lower @ _DOWN * 0.024
    return np.stack([knee, ankle, ankle + sole + forward * p.foot * 0.76, ankle + sole - forward * p.foot * 0.24])


def pose_skeleton(pose: Pose, proportions: Proportions = Proportions()) -> Skeleton:
    """Places every joint of `pose` in the world frame.

    :param pose: the angles.
    :param proportions: the body's lengths.
    :return: the posed skeleton, mid-hip at the origin.
    """
    p = proportions
    view = rotation_x(CAMERA_PITCH_DEGREES) @ rotation_y(pose.yaw)
    pelvis = rotation_z(pose.sway)
    torso = rotation_y(pose.twist) @ rotation_x(-pose.lean) @ rotation_z(pose.tilt)
    head = torso @ rotation_y(pose.head_yaw) @ rotation_x(-pose.head_pitch) @ rotation_z(pose.head_roll)

    points = np.zeros((JOINT_COUNT + 9, 3))
    neck = torso @ np.array([0.0, -p.torso, 0.0])
    points[1] = neck
    left_arm = _arm(pose.left_arm, p)
    right_arm = _arm(pose.right_arm, p) * _MIRROR
    left_shoulder = np.array([p.shoulder, -p.torso, 0.0])
    for shoulder, (rest, arm) in ((5, (left_shoulder, left_arm)), (2, (left_shoulder * _MIRROR, right_arm))):
        points[shoulder] = torso @ rest
        points[shoulder + 1 : shoulder + 3] = (torso @ (rest + arm[:2]).T).T
        points[19 if shoulder == 5 else 18] = torso @ (rest + arm[2])
    left_leg = _leg(pose.left_leg, p)
    right_leg = _leg(pose.right_leg, p) * _MIRROR
    left_hip = pelvis @ np.array([p.hip, 0.0, 0.0])
    for side, (hip, start, leg) in enumerate(((8, -left_hip, right_leg), (11, left_hip, left_leg))):
        points[hip] = start
        points[hip + 1 : hip + 3] = start + leg[:2]
        points[20 + side] = start + leg[2]
        points[22 + side] = start + leg[3]

    base = neck + torso @ np.array([0.0, -p.neck, 0.010])
    w, d, h = p.head_width, p.head_depth, p.head
    points[24] = base
    points[25] = base + head @ np.array([0.0, -h, 0.0])
    face = np.array(
        [
            [0.0, -0.36 * h, d * 1.10],
            [-0.42 * w, -0.50 * h, d * 0.88],
            [0.42 * w, -0.50 * h, d * 0.88],
            [-1.0 * w, -0.46 * h, -0.05 * d],
            [1.0 * w, -0.46 * h, -0.05 * d],
        ]
    )
    face_world = (head @ face.T).T + base
    points[0] = face_world[0]
    points[14:18] = face_world[1:]

    world = points @ view.T
    return Skeleton(
        joints=world[:JOINT_COUNT],
        hands=world[18:20],
        toes=world[20:22],
        heels=world[22:24],
        head_base=world[24],
        head_top=world[25],
        mid_hip=world[26],
        pelvis_rotation=view @ pelvis,
        torso_rotation=view @ torso,
        head_rotation=view @ head,
        floor=float(max(world[20:24, 1].max(), world[10, 1], world[13, 1])),
    )
