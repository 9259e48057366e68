"""Real photographs read with the real models, where those are installed."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from posemodels.evaluation.photographs.measures import mask_iou
from posemodels.evaluation.photographs.reading import PhotoReader, ReadPhoto
from posemodels.evaluation.photographs.table import read_folder
from posemodels.export.runtime import library_path

MODELS = Path(__file__).resolve().parents[2]
PHOTOS = MODELS.parents[1] / "shared" / "photos" / "ccp" / "eval"
FOLDERS = [MODELS / name for name in ("blazepose-detector", "blazepose-landmarks", "person-parsing")]


@pytest.fixture(scope="module")
def photos() -> list[ReadPhoto]:
    if not PHOTOS.exists():
        pytest.skip(f"the shared test data is not there: {PHOTOS}")
    missing = [folder.name for folder in FOLDERS if not (folder / "manifest.json").exists()]
    if missing or library_path() is None:
        pytest.skip(f"not installed: {', '.join(missing) or 'ONNX Runtime'}")
    return list(islice(read_folder(PHOTOS, PhotoReader(*FOLDERS)), 3))


def test_the_annotated_person_is_found_and_covered(photos: list[ReadPhoto]) -> None:
    assert min(mask_iou(photo) for photo in photos) > 0.85


def test_most_pixels_get_the_label_that_they_are_annotated_with(photos: list[ReadPhoto]) -> None:
    for photo in photos:
        assert photo.person is not None
        clothes = (photo.truth == 3) | (photo.truth == 4)
        assert (photo.person.labels == photo.truth)[clothes].mean() > 0.6, photo.name
        assert (photo.person.labels == photo.truth)[photo.truth == 0].mean() > 0.95, photo.name
