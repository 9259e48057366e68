"""Landmarks and mask of the person in a square: a model of kind `landmarks`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from posemodels.data.photographs.model_folder import ModelFolder
from posemodels.export.manifest import OPENPOSE_ORDER

POINT_ORDER: tuple[str, ...] = (
    "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner", "right_eye", "right_eye_outer",
    "left_ear", "right_ear", "mouth_left", "mouth_right", "left_shoulder", "right_shoulder", "left_elbow",
    "right_elbow", "left_wrist", "right_wrist", "left_pinky", "right_pinky", "left_index", "right_index",
    "left_thumb", "right_thumb", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    "left_heel", "right_heel", "left_foot_index", "right_foot_index",
)  # fmt: skip
POINTS = len(POINT_ORDER)
VALUES = 5

_JOINTS = [POINT_ORDER.index("nose" if name == "neck" else name) for name in OPENPOSE_ORDER]
_NECK = OPENPOSE_ORDER.index("neck")
_SHOULDERS = [POINT_ORDER.index("left_shoulder"), POINT_ORDER.index("right_shoulder")]


@dataclass(frozen=True)
class PersonLandmarks:
    """What the model says of a square of S x S pixels."""

    points: np.ndarray
    """[33, 5] float32: x, y in pixels of the square (its corner is 0, 0), depth, logits of visible and of in frame."""
    presence: float
    mask: np.ndarray
    """[S, S] float32, the probability of the person."""
    features: dict[str, np.ndarray]
    """Inner activations by name, [1, C, h, w] float32."""


class LandmarkModel:
    """Looks at one square at a time."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.model = ModelFolder(folder, "landmarks", threads=threads)
        self.size = self.model.size[0]
        self._features = [tensor["name"] for tensor in self.model.outputs if tensor["role"] == "features"]

    def look(self, square: np.ndarray) -> PersonLandmarks:
        """square: [S, S, 3] uint8 RGB."""
        result = self.model.run({self.model.inputs[0]["name"]: self.model.normalised(square)})
        values = result[self.model.name_of("landmarks")].reshape(-1, VALUES)[:POINTS]
        logits = result[self.model.name_of("personMask")][0, 0]
        return PersonLandmarks(
            points=values.astype(np.float32),
            presence=float(result[self.model.name_of("presence")].ravel()[0]),
            mask=1 / (1 + np.exp(-np.clip(logits, -80, 80))),
            features={name: result[name] for name in self._features},
        )


def openpose_joints(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 18 OpenPose joints of [..., 33, 5] points: places [..., 18, 2] and confidences [..., 18] in [0, 1].

    The neck is the middle of the shoulders and as sure as the less sure of them.
    """
    places = points[..., _JOINTS, :2].copy()
    places[..., _NECK, :] = points[..., _SHOULDERS, :2].mean(-2)
    logits = points[..., _JOINTS, 3].copy()
    logits[..., _NECK] = points[..., _SHOULDERS, 3].min(-1)
    return places, 1 / (1 + np.exp(-np.clip(logits, -80, 80)))
