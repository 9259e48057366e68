"""Targets for single photos, as the program for transfers reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

TARGETS_FILE = "targets.json"
_FURTHEST = 1.0
"""How far outside of the picture the service lets a joint lie, in widths or heights."""


def write_targets(path: Path, targets: Mapping[str, Mapping[str, np.ndarray]]) -> None:
    """targets: by photo and by their own name, [18, 2] as shares of the picture's width and height; NaN for a joint
    that there is not."""
    named = {photo: {name: _points(joints) for name, joints in given.items()} for photo, given in targets.items()}
    path.write_text(json.dumps(named), encoding="utf-8")


def _points(joints: np.ndarray) -> list[list[float] | None]:
    # A comparison with NaN is false.
    near = ((joints >= -_FURTHEST) & (joints <= 1 + _FURTHEST)).all(axis=1)
    return [[round(float(x), 5), round(float(y), 5)] if kept else None for (x, y), kept in zip(joints, near)]
