"""Splits annotated dresses at the hips, as our renders label them."""

from __future__ import annotations

import numpy as np

from posemodels.data.photographs.person_landmarks import POINT_ORDER
from posemodels.data.photographs.street_labels import BELOW_HIPS, ONE_PIECE

_HIPS = [POINT_ORDER.index(f"{side}_hip") for side in ("left", "right")]
_SHOULDERS = [POINT_ORDER.index(f"{side}_shoulder") for side in ("left", "right")]


def split_at_hips(codes: np.ndarray, labels: list[str], points: np.ndarray) -> np.ndarray:
    """The map with `BELOW_HIPS` in place of what is annotated as one piece and lies beyond the hips, seen from the
    shoulders.

    :param codes: [H, W] uint8. labels: of the codes.
    :param points: [33, >= 2] landmarks in pixels of the map, whose corner is (0, 0).
    """
    pieces = [labels.index(name) for name in ONE_PIECE if name in labels]
    rows, columns = np.nonzero(np.isin(codes, pieces))
    hips = points[_HIPS, :2].mean(0)
    down = hips - points[_SHOULDERS, :2].mean(0)
    below = (np.stack([columns, rows], 1) + 0.5 - hips) @ down > 0
    result = codes.copy()
    result[rows[below], columns[below]] = BELOW_HIPS
    return result
