"""The labels that a part of a person can have."""

from __future__ import annotations

from enum import IntEnum


class Label(IntEnum):
    """Indices into `posemodels.data.synthetic.LABEL_NAMES`. The face includes ears, neck and any bare torso."""

    BACKGROUND = 0
    HAIR = 1
    FACE = 2
    UPPER_CLOTHES = 3
    LOWER_CLOTHES = 4
    ARMS = 5
    LEGS = 6
    SHOES = 7


ONE_PIECE = 255
"""In place of a label: a dress or overall, upper clothes above `HIP_LINE` and lower clothes below it."""

HIP_LINE = 0.6
"""Height on the base shape, in decimetres above the base mesh's origin (about the hip joints)."""
