"""The square of a person: what is cut out of a photo goes back to where it was."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image

from posemodels.data.photographs.person_square import PersonSquare


def photo() -> Image.Image:
    y, x = np.mgrid[0:90, 0:120]
    return Image.fromarray(np.stack([x * 2, y * 2, 255 - x], 2).astype(np.uint8))


def test_an_upright_square_is_a_crop() -> None:
    cut = PersonSquare(x=60, y=45, side=40, angle=0).cut(photo(), 40)
    assert np.array_equal(cut, np.asarray(photo())[25:65, 40:80])


def test_a_square_is_turned_so_that_its_angle_points_up() -> None:
    cut = PersonSquare(x=60, y=45, side=40, angle=math.pi / 2).cut(photo(), 40)
    # Turned clockwise by a quarter, the photo's right is the square's top.
    assert cut[0, 20, 0] > cut[39, 20, 0] and cut[20, 0, 1] < cut[20, 39, 1]


def test_a_smaller_cut_averages_what_it_covers() -> None:
    stripes = Image.fromarray(np.tile(np.array([0, 255], np.uint8), (64, 32)).repeat(3).reshape(64, 64, 3))
    cut = PersonSquare(x=32, y=32, side=64, angle=0).cut(stripes, 16)
    assert np.abs(cut[2:-2, 2:-2].astype(int) - 127).max() <= 2


def test_outside_the_photo_is_black_and_background() -> None:
    square = PersonSquare(x=0, y=0, side=40, angle=0)
    assert square.cut(photo(), 40)[:19, :19].max() == 0
    assert square.cut_labels(np.full((90, 120), 7, np.uint8), 40)[:19, :19].max() == 0


@pytest.mark.parametrize("angle", [0.0, 0.4, -2.5])
def test_put_back_undoes_the_cut(angle: float) -> None:
    square = PersonSquare(x=55, y=40, side=50, angle=angle)
    labels = np.zeros((90, 120), np.uint8)
    labels[32:50, 48:66] = 1
    back = square.put_back(square.cut_labels(labels, 200).astype(np.float32), (90, 120)) >= 0.5
    assert (back != (labels == 1)).mean() < 0.005


def test_points_lie_where_the_pixels_do() -> None:
    square = PersonSquare(x=55, y=40, side=50, angle=0.4)
    place = square.photo_points(np.array([32.0, 20.0]), 64)
    column, row = (int(v) for v in place)
    assert np.abs(square.cut(photo(), 64)[20, 32].astype(int) - np.asarray(photo())[row, column]).max() <= 4
