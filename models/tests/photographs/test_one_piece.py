"""A dress is split at the hips, whichever way the person leans."""

from __future__ import annotations

import math

import numpy as np
import pytest

from posemodels.data.photographs.one_piece import split_at_hips
from posemodels.data.photographs.street_labels import BELOW_HIPS, PERSON_LABELS, our_labels
from tests.photographs.people import landmarks

LABELS = ["null", "dress", "coat"]


def test_what_lies_below_the_hips_is_lower_clothes() -> None:
    split = split_at_hips(np.ones((256, 256), np.uint8), LABELS, landmarks())
    assert (split[:128] == 1).all() and (split[128:] == BELOW_HIPS).all()
    assert PERSON_LABELS[our_labels(LABELS)[BELOW_HIPS]] == "lower_clothes"


def test_a_coat_stays_whole() -> None:
    codes = np.full((256, 256), LABELS.index("coat"), np.uint8)
    assert np.array_equal(split_at_hips(codes, LABELS, landmarks()), codes)


@pytest.mark.parametrize("angle", [math.pi / 2, math.pi])
def test_below_is_seen_from_the_shoulders(angle: float) -> None:
    points = landmarks()
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    points[:, :2] = (points[:, :2] - 128) @ turn + 128
    split = split_at_hips(np.ones((256, 256), np.uint8), LABELS, points)
    feet = (np.array([128, 240]) - 128) @ turn + 128
    head = (np.array([128, 30]) - 128) @ turn + 128
    assert split[int(feet[1]), int(feet[0])] == BELOW_HIPS and split[int(head[1]), int(head[0])] == 1
