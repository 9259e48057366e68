"""Whether results show the pose that was asked for."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from posemodels.data.photographs.parser_batches import MINIMUM_CONFIDENCE
from posemodels.evaluation.photographs.scored import Scored
from posemodels.evaluation.photographs.transfers.transferred import TransferredPhoto, TransferredTarget, found_joints
from posemodels.export.manifest import OPENPOSE_ORDER

NEAR = 0.1
"""Of the person's height."""


class PoseKept:
    """Share of the targets' joints inside the picture that are found again near their places.

    A joint counts as found as it does for the service: with at least the minimum confidence.
    """

    name, bar, at_most = "pose", 0.90, False

    def __init__(self) -> None:
        self.scores: list[Scored] = []
        self._near: dict[str, list[bool]] = defaultdict(list)
        self._everywhere: list[bool] = []
        self._unsure: list[bool] = []

    def add(self, photo: TransferredPhoto) -> None:
        for target in photo.targets:
            asked = asked_joints(target)
            near, sure = joints_near(target)
            good = (near & sure)[asked]
            self._everywhere += good.tolist()
            self._unsure += near[asked].tolist()
            self._near[target.pose] += good.tolist()
            for joint in np.flatnonzero(asked):
                self._near[_plain(OPENPOSE_ORDER[joint])].append(bool(near[joint] & sure[joint]))
            if len(good):
                self.scores.append(Scored(photo.name, target.pose, float(good.mean())))

    def value(self) -> float:
        return float(np.mean(self._everywhere)) if self._everywhere else float("nan")

    def details(self) -> dict[str, float]:
        """By pose and by joint, and the share that counts a joint whatever its confidence."""
        parts = {f"pose.{name}": float(np.mean(near)) for name, near in self._near.items() if near}
        return parts | ({"pose.of-any-confidence": float(np.mean(self._unsure))} if self._unsure else {})


def asked_joints(target: TransferredTarget) -> np.ndarray:
    """[18] bool: which joints the target has inside the picture."""
    with np.errstate(invalid="ignore"):
        return ((target.joints >= 0) & (target.joints < target.image.size)).all(1)


def joints_near(target: TransferredTarget) -> tuple[np.ndarray, np.ndarray]:
    """[18] bool each: which joints lie near their places, and which are found with enough confidence."""
    if target.person is None:
        return np.zeros(len(target.joints), bool), np.zeros(len(target.joints), bool)
    places, confidence = found_joints(target.person)
    height = np.nanmax(target.joints[:, 1]) - np.nanmin(target.joints[:, 1])
    with np.errstate(invalid="ignore"):
        near = np.linalg.norm(places - target.joints, axis=1) <= NEAR * height
    return near, confidence >= MINIMUM_CONFIDENCE


def _plain(joint: str) -> str:
    """A joint's name whatever its side."""
    return joint.removeprefix("left_").removeprefix("right_")
