"""Bone matrices of a pose for the proportions of one person, feet on the floor that they stood on at rest."""

from __future__ import annotations

import numpy as np

from posemodels.people.person import Person
from posemodels.people.posing.person_pose import ArmDirections, HandPlace, HandSite, PersonPose
from posemodels.people.vectors import X, Y, Z, frame, rotation, swing, unit

_SPINE = {"spine05": 0.1, "spine04": 0.25, "spine03": 0.3, "spine02": 0.2, "spine01": 0.15}
_NECK = {"neck01": 0.2, "neck02": 0.2, "neck03": 0.2, "head": 0.4}
"""How a turn is shared out over bones."""
_WRIST_LIMIT = 55.0
_STRAIGHTEST = 0.993
"""Length of a standing leg, relative to one that is stretched out."""
_SIDES = ("L", "R")


def solve_pose(person: Person, pose: PersonPose) -> np.ndarray:
    """[bones, 4, 4] from rest to `pose`, its yaw included."""
    bones = _Solver(person, pose).solve()
    turn = np.eye(4)
    turn[:3, :3] = rotation(Y, pose.yaw)
    return turn @ bones


def bend_limb(
    start: np.ndarray, end: np.ndarray, first: float, second: float, towards: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Middle joint and reached end of two bones of given lengths, bent towards a direction."""
    reach = end - start
    length = float(np.linalg.norm(reach))
    along = reach / length
    length = max(min(length, (first + second) * 0.998), abs(first - second) * 1.05 + 0.3)
    share = (first**2 + length**2 - second**2) / (2 * length)
    aside = unit(towards - along * (towards @ along))
    return start + along * share + aside * np.sqrt(max(first**2 - share**2, 0)), start + along * length


class _Solver:
    """Places bones from the root outwards; limbs are solved when their first bone is reached."""

    def __init__(self, person: Person, pose: PersonPose) -> None:
        self._person, self._pose = person, pose
        self._rig = person.body.rig
        self._rest = person.shape.bone_heads
        self._rotations = np.tile(np.eye(3), (len(self._rig.names), 1, 1))
        self._positions = np.zeros((len(self._rig.names), 3))
        self._local: dict[str, np.ndarray] = {}
        self._global: dict[str, np.ndarray] = {}
        self._ankles: dict[str, np.ndarray] = {}

    def solve(self) -> np.ndarray:
        self._turn_trunk()
        self._root_offset = self._stand()
        for name in self._rig.names:
            bone, _, side = name.partition(".")
            if bone == "clavicle":
                self._raise_shoulder(name, side)
            self._place(name)
            if bone == "upperarm01":
                self._solve_arm(side)
                self._place(name)
            elif bone == "upperleg01":
                self._solve_leg(side)
                self._place(name)
        matrices = np.zeros((len(self._rig.names), 4, 4))
        matrices[:, :3, :3] = self._rotations
        matrices[:, :3, 3] = self._positions - np.einsum("nij,nj->ni", self._rotations, self._rest)
        matrices[:, 3, 3] = 1
        return matrices

    def _at_rest(self, name: str) -> np.ndarray:
        return self._rest[self._rig.index[name]]

    def _at(self, name: str) -> np.ndarray:
        return self._positions[self._rig.index[name]]

    def _turned(self, name: str) -> np.ndarray:
        return self._rotations[self._rig.index[name]]

    def _place(self, name: str) -> None:
        at = self._rig.index[name]
        parent = self._rig.parents[at]
        if parent < 0:
            self._rotations[at] = self._local.get(name, np.eye(3))
            self._positions[at] = self._rest[at] + self._root_offset
            return
        inherited = self._rotations[parent]
        self._rotations[at] = self._global.get(name, inherited @ self._local.get(name, np.eye(3)))
        self._positions[at] = self._positions[parent] + inherited @ (self._rest[at] - self._rest[parent])

    def _turn_trunk(self) -> None:
        pitch, yaw, roll = self._pose.pelvis
        self._local["root"] = rotation(Y, yaw) @ rotation(Z, roll) @ rotation(X, pitch)
        pitch, yaw, roll = self._pose.spine
        for name, share in _SPINE.items():
            self._local[name] = rotation(Z, roll * share) @ rotation(Y, yaw * share) @ rotation(X, pitch * share)
        pitch, yaw, roll = self._pose.head
        for name, share in _NECK.items():
            self._local[name] = rotation(Y, yaw * share) @ rotation(Z, roll * share) @ rotation(X, pitch * share)

    def _stand(self) -> np.ndarray:
        """Sets the ankles; how far the root moves so that the longer reaching leg is nearly straight."""
        root, heights = self._at_rest("root"), []
        left_hip_x = self._at_rest("upperleg01.L")[0]
        for side, leg in zip(_SIDES, self._pose.legs, strict=True):
            hip, knee, ankle = (self._at_rest(f"{bone}.{side}") for bone in ("upperleg01", "lowerleg01", "foot"))
            place = np.array([leg.x * left_hip_x, ankle[1] + leg.lift, hip[2] - 0.1 + leg.z])
            self._ankles[side] = place
            moved = root + self._local["root"] @ (hip - root) + np.array([self._pose.shift, 0, 0])
            length = (np.linalg.norm(knee - hip) + np.linalg.norm(ankle - knee)) * _STRAIGHTEST
            aside = (place - moved)[[0, 2]]
            heights.append(place[1] + np.sqrt(max(length**2 - aside @ aside, 0.1)) - moved[1])
        return np.array([self._pose.shift, min(heights), 0])

    def _raise_shoulder(self, name: str, side: str) -> None:
        arm = self._pose.arms[_SIDES.index(side)]
        if isinstance(arm, ArmDirections):
            direction = arm.upper
        else:
            behind_head = arm.site is HandSite.HEAD and arm.offset[2] < 0
            direction = np.array([1, 0.3, 0]) if behind_head else np.array([0, -1.0, 0])
        elevation = np.degrees(np.arcsin(unit(direction)[1]))
        raised = float(np.interp(elevation, [-60, 0, 80], [-2, 6, 26]))
        self._local[name] = rotation(Z, raised if side == "L" else -raised)

    def _solve_arm(self, side: str) -> None:
        number, sign = _SIDES.index(side), 1 if side == "L" else -1
        arm, twist = self._pose.arms[number], self._pose.forearm_twist[number]
        rest_shoulder, rest_elbow, rest_wrist = (
            self._at_rest(f"{bone}.{side}") for bone in ("upperarm01", "lowerarm01", "wrist")
        )
        rest_upper, rest_fore = rest_elbow - rest_shoulder, rest_wrist - rest_elbow
        chest, shoulder = self._turned("spine01"), self._at(f"upperarm01.{side}")
        hand_towards = None
        if isinstance(arm, ArmDirections):
            upper, fore = chest @ unit(arm.upper), chest @ unit(arm.fore)
        else:
            mirrored = np.array([sign, 1, 1])
            wrist = self._hand_position(arm, side, sign)
            lengths = float(np.linalg.norm(rest_upper)), float(np.linalg.norm(rest_fore))
            elbow, wrist = bend_limb(shoulder, wrist, *lengths, chest @ (arm.elbow_towards * mirrored))
            upper, fore = unit(elbow - shoulder), unit(wrist - elbow)
            hand_towards = chest @ (arm.hand_towards * mirrored)
        parent = self._rotations[self._rig.parents[self._rig.index[f"upperarm01.{side}"]]]
        rest_hinge, hinge = np.cross(rest_upper, rest_fore), np.cross(upper, fore)
        if np.linalg.norm(hinge) < 0.05:
            hinge = parent @ rest_hinge
        # The upper arm is swung without twist; the twist that its hinge asks for is shared out along it.
        swung = swing(parent @ rest_upper, upper) @ parent
        full = frame(upper, hinge) @ frame(rest_upper, rest_hinge).T
        angle = _turn_about(full @ swung.T, upper)
        self._global[f"upperarm01.{side}"] = rotation(upper, angle / 2) @ swung
        self._global[f"upperarm02.{side}"] = rotation(upper, angle) @ swung
        lower = frame(fore, hinge) @ frame(rest_fore, rest_hinge).T
        self._global[f"lowerarm01.{side}"] = lower
        self._global[f"lowerarm02.{side}"] = rotation(fore, twist / 2) @ lower
        hand = rotation(fore, twist) @ lower
        if hand_towards is not None:
            pointing = hand @ (self._at_rest(f"finger3-1.{side}") - rest_wrist)
            hand = swing(pointing, hand_towards, _WRIST_LIMIT) @ hand
        self._global[f"wrist.{side}"] = hand
        self._curl_fingers(side, sign, self._pose.finger_curl[number])

    def _hand_position(self, arm: HandPlace, side: str, sign: int) -> np.ndarray:
        shape, chest = self._person.shape, self._turned("spine01")
        offset = arm.offset * np.array([sign, 1, 1])
        if arm.site is HandSite.HIP:
            root = self._at_rest("root")
            hip = self._at_rest(f"upperleg01.{side}") - root
            beside = sign * (shape.waist_half_width + self._person.slack + arm.offset[0])
            return self._at("root") + self._turned("root") @ np.array([beside, hip[1] + offset[1], hip[2] + offset[2]])
        if arm.site is HandSite.CHEST:
            middle = np.array([0, self._at_rest(f"upperarm01.{side}")[1], shape.chest_depth])
        else:
            middle = self._at_rest("head") + np.array([0, 0.9, 0])
        return self._at("spine01") + chest @ (middle + offset - self._at_rest("spine01"))

    def _curl_fingers(self, side: str, sign: int, curl: float) -> None:
        axis = self._at_rest(f"finger5-1.{side}") - self._at_rest(f"finger2-1.{side}")
        for finger in (2, 3, 4, 5):
            for joint in (1, 2, 3):
                turn = rotation(axis, -sign * curl * (0.7 + 0.1 * finger))
                self._local[f"finger{finger}-{joint}.{side}"] = turn

    def _solve_leg(self, side: str) -> None:
        leg, sign = self._pose.legs[_SIDES.index(side)], 1 if side == "L" else -1
        rest_hip, rest_knee, rest_ankle = (
            self._at_rest(f"{bone}.{side}") for bone in ("upperleg01", "lowerleg01", "foot")
        )
        forward = rotation(Y, sign * leg.toe_out * 0.6) @ Z
        hip = self._at(f"upperleg01.{side}")
        lengths = float(np.linalg.norm(rest_knee - rest_hip)), float(np.linalg.norm(rest_ankle - rest_knee))
        knee, ankle = bend_limb(hip, self._ankles[side], *lengths, forward)
        self._global[f"upperleg01.{side}"] = frame(knee - hip, forward) @ frame(rest_knee - rest_hip, Z).T
        self._global[f"lowerleg01.{side}"] = frame(ankle - knee, forward) @ frame(rest_ankle - rest_knee, Z).T
        self._global[f"foot.{side}"] = rotation(Y, sign * leg.toe_out) @ rotation(X, leg.heel_pitch)
        for toe in (1, 2, 3, 4, 5):
            self._local[f"toe{toe}-1.{side}"] = rotation(X, -0.6 * leg.heel_pitch)


def _turn_about(turn: np.ndarray, axis: np.ndarray) -> float:
    """Degrees of a rotation whose axis is `axis`, either way round."""
    skew = np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]])
    return float(np.degrees(np.arctan2(skew @ axis, np.trace(turn) - 1)))
