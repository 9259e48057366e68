"""Poses of the service's library, which are angles of mannequins, as poses of people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from posemodels.data.skeleton import JOINT_NAMES, Pose, Skeleton, pose_skeleton
from posemodels.people.posing.person_pose import ArmDirections, ArmPose, LegPose, PersonPose

_UPWARDS = np.array([1.0, -1.0, 1.0])
"""Mannequins have y down."""
_BODY_HEIGHT = 17.0
"""Decimetres of a canonical body height."""
_HIP_JOINT = 1.1


def library_pose(name: str, pose: Pose) -> PersonPose:
    """The same turns, directions of arms and places of ankles, for people of any proportions."""
    # Turned by `yaw` only at the end, so that directions are the body's own.
    facing = pose_skeleton(replace(pose, yaw=0.0))
    return PersonPose(
        kind=name,
        pelvis=(0.0, 0.0, pose.sway),
        spine=(pose.lean, pose.twist, pose.tilt - pose.sway),
        head=(pose.head_pitch, pose.head_yaw, pose.head_roll),
        shift=0.0,
        legs=(_leg(facing, "left", pose.left_leg.turn), _leg(facing, "right", pose.right_leg.turn)),
        arms=(_arm(facing, "left"), _arm(facing, "right")),
        yaw=pose.yaw,
    )


def _joint(skeleton: Skeleton, name: str) -> np.ndarray:
    return skeleton.joints[JOINT_NAMES.index(name)]


def _arm(skeleton: Skeleton, side: str) -> ArmPose:
    shoulder, elbow, wrist = (_joint(skeleton, f"{side}_{site}") for site in ("shoulder", "elbow", "wrist"))
    to_chest = skeleton.torso_rotation.T
    return ArmDirections(to_chest @ (elbow - shoulder) * _UPWARDS, to_chest @ (wrist - elbow) * _UPWARDS)


def _leg(skeleton: Skeleton, side: str, toe_out: float) -> LegPose:
    # The camera looks down on mannequins; people stand on a level floor.
    level = skeleton.pelvis_rotation.T
    hip, ankle = (level @ (_joint(skeleton, f"{side}_{site}") - skeleton.mid_hip) for site in ("hip", "ankle"))
    lowest = max((level @ (_joint(skeleton, f"{s}_ankle") - skeleton.mid_hip))[1] for s in ("left", "right"))
    spread = (ankle[0] - hip[0]) * _BODY_HEIGHT
    out = 1.0 if side == "left" else -1.0
    return LegPose(
        x=out + spread / _HIP_JOINT,
        z=float(ankle[2] * _BODY_HEIGHT),
        toe_out=toe_out,
        lift=float((lowest - ankle[1]) * _BODY_HEIGHT),
    )
