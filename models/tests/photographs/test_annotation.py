"""Folders of annotated photographs, and how one photo becomes several."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from posemodels.data.photographs.annotation import AnnotatedFolder
from posemodels.data.photographs.disturbance import Disturbance, cut_part, mirrored, recoloured
from posemodels.data.photographs.person_square import PersonSquare
from posemodels.errors import ConfigError


def folder(path: Path, labels: list[str], size: tuple[int, int] = (6, 4)) -> Path:
    path.mkdir()
    (path / "labels.json").write_text(json.dumps(labels))
    Image.new("RGB", (6, 4)).save(path / "a.jpg")
    Image.new("L", size).save(path / "a.png")
    return path


def test_a_photo_comes_with_its_codes(tmp_path: Path) -> None:
    photos = AnnotatedFolder.open(folder(tmp_path / "photos", ["null", "skin", "dress"]))
    photo, codes = photos.read(0)
    assert photo.size == (6, 4) and codes.shape == (4, 6)


def test_labels_may_lie_beside_the_folder(tmp_path: Path) -> None:
    path = folder(tmp_path / "photos", ["null", "skin"])
    (path / "labels.json").rename(tmp_path / "labels.json")
    assert AnnotatedFolder.open(path).labels == ("null", "skin")


def test_bad_folders_are_refused_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no NAME.jpg"):
        AnnotatedFolder.open(tmp_path)
    with pytest.raises(ConfigError, match="spacesuit"):
        AnnotatedFolder.open(folder(tmp_path / "labels", ["null", "spacesuit"]))
    with pytest.raises(ConfigError, match="one 8-bit value for each pixel"):
        AnnotatedFolder.open(folder(tmp_path / "size", ["null", "skin"], size=(5, 4))).read(0)


def test_the_first_variant_is_the_photo_itself() -> None:
    square = PersonSquare(3, 4, 5, 0.1)
    plain = Disturbance.draw(0, np.random.default_rng(0))
    assert plain.moved(square) == square and not (plain.mirrored or plain.cut or plain.coloured)


def test_mirroring_keeps_labels_on_their_pixels() -> None:
    values = np.arange(24, dtype=np.uint8).reshape(4, 6)
    photo, codes = mirrored(Image.fromarray(values.repeat(3).reshape(4, 6, 3)), values)
    assert np.array_equal(np.asarray(photo)[..., 0], codes) and codes[0, 0] == 5


def test_a_cut_photo_ends_within_the_person() -> None:
    codes = np.zeros((100, 60), np.uint8)
    codes[10:90, 20:40] = 1
    for seed in range(20):
        photo, part = cut_part(Image.new("RGB", (60, 100)), codes, np.random.default_rng(seed))
        assert part.shape == photo.size[::-1] and 20 < part.any(1).sum() < 80, f"seed {seed}"


def test_other_light_keeps_the_size_and_changes_the_colours() -> None:
    photo = Image.new("RGB", (20, 30), (120, 90, 60))
    other = recoloured(photo, np.random.default_rng(2))
    assert other.size == photo.size and np.abs(np.asarray(other).astype(int) - np.asarray(photo)).max() > 3
