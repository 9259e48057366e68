"""Training on prepared squares: windows, held-out photos, and a run that goes on as if it had not been stopped."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from posemodels.data.photographs.parser_batches import ParserBatches
from posemodels.data.photographs.square_pool import open_variants, variant_folder
from posemodels.data.photographs.street_labels import FIRST_SKIN, STREET_LABELS, our_labels
from posemodels.errors import ConfigError
from posemodels.training.person_parsing import ParserConfig, ParserTrainer
from tests.photographs.people import landmarks

STREET = [name for names in STREET_LABELS.values() for name in names] + ["skin"]
PHOTOS, SIZE = 4, 64


@pytest.fixture
def prepared(tmp_path: Path) -> dict[str, object]:
    """Settings of a small run on two variants of four random photos."""
    photos, squares = tmp_path / "photos", tmp_path / "squares"
    photos.mkdir()
    (photos / "labels.json").write_text(json.dumps(STREET))
    for name in range(PHOTOS):
        Image.new("RGB", (8, 8)).save(photos / f"{name}.jpg")
        Image.new("L", (8, 8)).save(photos / f"{name}.png")
    rng = np.random.default_rng(4)
    for variant in range(2):
        folder = variant_folder(squares, variant)
        folder.mkdir(parents=True)
        codes = np.zeros((PHOTOS, SIZE, SIZE), np.uint8)
        codes[:, 8:56, 40:56] = FIRST_SKIN
        arrays = {
            "image": rng.integers(0, 256, (PHOTOS, SIZE, SIZE, 3), dtype=np.uint8),
            "mask": (codes > 0).astype(np.uint8) * 255,
            "codes": codes,
            "points": np.stack([landmarks() * [0.25, 0.25, 1, 1, 1]] * PHOTOS).astype(np.float32),
            "features_16": rng.normal(size=(PHOTOS, 3, 16, 16)).astype(np.float16),
        }
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", array)
    sizes = {"widths": [8, 8, 8, 8], "batch": 2, "window": 32, "held_out": 1, "threads": 1}
    return {
        "kind": "person-parsing",
        "photos": str(photos),
        "squares": str(squares),
        "features": ["features_16"],
    } | sizes


def trainer(prepared: dict[str, object], run: Path, steps: int) -> ParserTrainer:
    config = prepared | {"steps": steps, "decay_steps": 0, "save_every": 2, "measure_every": 4}
    return ParserTrainer(ParserConfig.from_dict(config), run)


def test_a_stopped_run_goes_on_to_the_same_weights(prepared: dict[str, object], tmp_path: Path) -> None:
    whole = trainer(prepared, tmp_path / "whole", 4)
    whole.train()
    trainer(prepared, tmp_path / "parts", 2).train()
    rest = trainer(prepared, tmp_path / "parts", 4)
    assert rest.resume() and rest.step == 2
    rest.train()
    for a, b in zip(whole.average.state_dict().values(), rest.average.state_dict().values(), strict=True):
        assert torch.equal(a, b)
    assert (tmp_path / "parts" / "log.csv").read_text().startswith("step,loss,miou,seconds\n2,")


def test_a_window_holds_the_person(prepared: dict[str, object]) -> None:
    batches = ParserBatches(open_variants(Path(str(prepared["squares"]))), our_labels(STREET), ["features_16"])
    batch = batches.drawn(np.random.default_rng(1), 8, PHOTOS, 32)
    assert batch.image.shape == (8, 3, SIZE, 32) and batch.features[0].shape == (8, 3, 16, 8)
    # A window anywhere would be labelled on 19 % of its pixels, one with the whole person on 37 %.
    assert (batch.labels > 0).float().mean() > 0.3


def test_the_rate_falls_to_nothing_over_the_last_steps() -> None:
    config = ParserConfig(kind="x", photos="", squares="", features=(), steps=1000, decay_steps=500, learning_rate=1.0)
    assert config.rate(0) < 0.1 and config.rate(200) == config.rate(500) == 1.0
    assert config.rate(750) == pytest.approx(0.5) and config.rate(999) < 0.01


@pytest.mark.parametrize(("change", "message"), [({"window": 40}, "multiple of 16"), ({"wings": 2}, "wings")])
def test_settings_that_make_no_sense_are_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        ParserConfig.from_dict({"kind": "x", "photos": "", "squares": "", "features": []} | change)


def test_features_that_were_not_prepared_are_named(prepared: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="features_9"):
        trainer(prepared | {"features": ["features_9"]}, tmp_path / "run", 2)


def test_an_empty_folder_of_squares_says_what_prepares_them(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="posemodels squares"):
        open_variants(tmp_path)
