"""Splits annotated skin into face, arms and legs by the person's bones."""

from __future__ import annotations

import numpy as np

from posemodels.data.photographs.person_landmarks import POINT_ORDER

_BONES: tuple[tuple[tuple[str, str], ...], ...] = (
    # With the neck and a bare torso, as our renders label them.
    (("left_ear", "right_ear"), ("nose", "mouth_left"), ("left_shoulder", "right_shoulder"), ("neck", "head"),
     ("left_shoulder", "left_hip"), ("right_shoulder", "right_hip"), ("neck", "hips")),
    tuple((f"{side}_{a}", f"{side}_{b}") for side in ("left", "right")
          for a, b in (("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "index"))),
    tuple((f"{side}_{a}", f"{side}_{b}") for side in ("left", "right")
          for a, b in (("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("heel", "foot_index"))),
)  # fmt: skip
"""Of face, arms and legs, in the order of `street_labels.SKIN`."""

_BETWEEN = {
    "neck": ("left_shoulder", "right_shoulder"),
    "head": ("left_ear", "right_ear"),
    "hips": ("left_hip", "right_hip"),
}


def nearest_limb(pixels: np.ndarray, points: np.ndarray) -> np.ndarray:
    """[N] index into `street_labels.SKIN` of the nearest bone's.

    :param pixels: [N, 2] places (x, y). points: [33, >= 2] landmarks in the same coordinates.
    """
    distances = [
        np.min([_distance(pixels, _place(a, points), _place(b, points)) for a, b in bones], axis=0) for bones in _BONES
    ]
    return np.argmin(distances, axis=0)


def _place(name: str, points: np.ndarray) -> np.ndarray:
    ends = _BETWEEN.get(name, (name,))
    place: np.ndarray = np.mean([points[POINT_ORDER.index(end), :2] for end in ends], axis=0)
    return place


def _distance(pixels: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """From a segment, [N]."""
    along = end - start
    share = np.clip(((pixels - start) @ along) / max(float(along @ along), 1e-9), 0.0, 1.0)
    return np.hypot(*(pixels - start - share[:, None] * along).T)
