"""Anchors, boxes and the rule that chooses a person."""

from __future__ import annotations

import numpy as np

from posemodels.data.photographs.person_finder import FoundPerson, anchor_places, largest
from posemodels.data.photographs.person_square import PersonSquare


def person(confidence: float, side: float) -> FoundPerson:
    return FoundPerson(confidence, PersonSquare(0, 0, side, 0), (0, 0, 1, 1))


def test_anchors_of_equal_strides_share_their_cells() -> None:
    places = anchor_places(224, [8, 16, 32, 32, 32], 2)
    assert places.shape == (2 * 28 * 28 + 2 * 14 * 14 + 6 * 7 * 7, 2)
    assert places[0].tolist() == places[1].tolist() == [4.0, 4.0]
    assert places[-1].tolist() == places[-6].tolist() == [208.0, 208.0]
    assert np.array_equal(places[2], [12.0, 4.0])


def test_the_largest_person_is_chosen_however_sure_others_are() -> None:
    assert largest([person(0.9, 10), person(0.6, 30), person(0.8, 20)]) == person(0.6, 30)
    assert largest([]) is None
