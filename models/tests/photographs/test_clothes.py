"""Colours and sharpness of clothes."""

from __future__ import annotations

import numpy as np
import pytest

from posemodels.evaluation.photographs.transfers.clothes import LOWER, UPPER
from posemodels.evaluation.photographs.transfers.garment_color import GarmentColor
from posemodels.evaluation.photographs.transfers.sharpness import Sharpness
from tests.photographs.transferred import SIDE, person, photo, target

LABELS = np.zeros((SIDE, SIDE), np.uint8)
LABELS[50:120, 60:200] = UPPER
LABELS[120:220, 60:200] = LOWER


def dressed(upper: int, lower: int) -> np.ndarray:
    """Grey clothes before black."""
    image = np.zeros((SIDE, SIDE, 3), np.uint8)
    image[LABELS == UPPER], image[LABELS == LOWER] = upper, lower
    return image


def striped(contrast: int) -> np.ndarray:
    """Everything in stripes of two pixels."""
    stripes = (np.arange(SIDE) // 2 % 2)[None, :, None] * contrast
    return np.broadcast_to(stripes + 60, (SIDE, SIDE, 3)).astype(np.uint8)


def test_colours_are_compared_garment_by_garment() -> None:
    measure, read = GarmentColor(), person(LABELS)
    measure.add(photo(target(dressed(255, 100), read), image=dressed(0, 100), read=read))
    # Black and white are 100 apart, and equal greys 0.
    assert measure.value() == pytest.approx(50, abs=0.1)
    assert measure.details()["garment-colour.upper"] == pytest.approx(100, abs=0.1)


def test_a_garment_that_a_result_lost_is_told_and_not_averaged() -> None:
    measure = GarmentColor()
    without = np.where(LABELS == LOWER, 0, LABELS).astype(np.uint8)
    measure.add(photo(target(dressed(80, 200), person(without)), image=dressed(80, 100), read=person(LABELS)))
    assert measure.value() == pytest.approx(0, abs=0.1)
    assert measure.details()["garment-colour.missed"] == 0.5


def test_half_the_contrast_is_half_as_sharp() -> None:
    measure, read = Sharpness(), person(LABELS)
    measure.add(photo(target(striped(50), read), target(striped(100), read), image=striped(100), read=read))
    assert [scored.value for scored in measure.scores] == pytest.approx([0.5, 1.0])
    assert measure.value() == pytest.approx(0.75)


def test_the_outline_of_clothes_is_no_detail_of_them() -> None:
    measure, read = Sharpness(), person(LABELS)
    calm = striped(20)
    cut_out = np.where((LABELS > 0)[..., None], calm, 255).astype(np.uint8)
    measure.add(photo(target(cut_out, read), image=calm, read=read))
    assert measure.value() == pytest.approx(1.0)


@pytest.mark.parametrize("make", [GarmentColor, Sharpness])
def test_results_without_anybody_have_no_clothes(make: type[GarmentColor] | type[Sharpness]) -> None:
    measure = make()
    measure.add(photo(target(read=None), image=striped(100), read=person(LABELS)))
    assert np.isnan(measure.value())
