"""Generators that give a picture alone, measured on held-out renders and written up in both worlds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from posemodels.architectures.layout.layout_net import LayoutNet
from posemodels.architectures.registry import GENERATORS
from posemodels.commands import evaluate as command
from posemodels.__main__ import main
from posemodels.data.render_pairs.stream import PairStream
from posemodels.evaluation.generator_card import write_generator_card
from posemodels.evaluation.rendered_pairs import Likeness, evaluate
from posemodels.evaluation.report import OF_RENDERS, RENDERS_COMMAND, TRAINING_FILE, write_metrics
from posemodels.export.generator import RestoredGenerator, export_generator
from posemodels.export.layout import example_inputs, layout_spec
from posemodels.export.wrapper import export_model
from posemodels.training.config import StageConfig
from posemodels.training.rendered_pairs import held_out_batches
from tests.generators import TINY, tiny

SIZE = 32, 32


@pytest.fixture()
def models(tmp_path: Path) -> Path:
    """XingGAN and SCAM, tiny, and a layout model."""
    for name in ("xinggan", "scam"):
        design = GENERATORS[name]
        restored = RestoredGenerator(design, tiny(name).eval(), design.inputs(design.config(**TINY[name])))
        export_generator(restored, tmp_path / name, size=SIZE, version="1.0.0", license="MIT", description="Small.")
    stage = StageConfig(samples=1, height=32, width=32, batch=1, sigma=2.0)
    network = LayoutNet((4, 4, 4, 4)).eval()
    export_model(network, example_inputs(stage), layout_spec("layout", "1.0.0", 2.0), tmp_path / "layout")
    return tmp_path


def test_a_generator_is_measured_beside_the_copy(models: Path, data: Path) -> None:
    figures = evaluate(models / "xinggan", models, data / "held-out", 3)
    assert figures["renders_pairs"] == 3
    assert {f"{OF_RENDERS}{name}" for name in ("ssim", "person_ssim", "l1", "sharpness", "ssim_of_copy")} <= set(
        figures
    )
    assert 0 < figures["renders_ssim"] < 1 and 0 < figures["renders_person_l1"] < 1
    assert not any("predicted" in name for name in figures)
    assert evaluate(models / "xinggan", models, data / "held-out", 3) == figures


def test_a_generator_laid_out_by_labels_is_measured_in_predicted_ones_too(models: Path, data: Path) -> None:
    figures = evaluate(models / "scam", models, data / "held-out", 2)
    assert figures["renders_predicted_ssim"] != figures["renders_ssim"]


def test_the_truth_is_like_itself_and_what_nobody_knows_counts_as_right(data: Path) -> None:
    batch = next(held_out_batches(PairStream(data / "held-out"), 4, SIZE, 2.0))
    assert batch.target_known is not None
    truth, spoilt = Likeness(), Likeness()
    truth.add(batch, batch.target_image)
    spoilt.add(batch, torch.where(batch.target_known[:, None], batch.target_image, torch.tensor(0.7)))
    assert truth.figures() == spoilt.figures()
    assert truth.figures()["ssim"] == pytest.approx(1) and truth.figures()["person_l1"] == 0
    assert truth.figures()["sharpness"] == pytest.approx(1)


def test_figures_of_one_world_stay_when_the_other_is_measured(models: Path) -> None:
    folder = models / "xinggan"
    mannequins, renders = {"pairs": 2.0, "ssim": 0.5}, {"renders_pairs": 3.0, "renders_ssim": 0.25}
    assert write_metrics(folder, mannequins)["metrics"] == mannequins
    both = write_metrics(folder, renders, RENDERS_COMMAND)
    assert both["metrics"] == mannequins | renders
    assert both["metricsCommand"].count("evaluate --model xinggan") == 2
    assert list(both)[-1] == "golden"
    again = write_metrics(folder, {"pairs": 2.0, "ssim": 0.75})
    assert again["metrics"] == {"pairs": 2.0, "ssim": 0.75} | renders
    assert again["metricsCommand"].endswith("--rendered-pairs runs/pairs")


@pytest.mark.parametrize(("pairs", "limit"), [("rendered", "Modest in photographs"), ("procedural", "Not for photog")])
def test_the_card_reports_both_worlds_and_what_it_was_trained_on(models: Path, pairs: str, limit: str) -> None:
    folder = models / "xinggan"
    record = {
        "configuration": "x.toml", "network": {"width": 4}, "samples": 9, "minutes": 1.0, "curve": [], "pairs": pairs,
        "startedFrom": "xinggan 0.9.0",
    }  # fmt: skip
    (folder / TRAINING_FILE).write_text(json.dumps(record), encoding="utf-8")
    write_metrics(folder, {"pairs": 2.0, "ssim": 0.5})
    write_generator_card(folder, write_metrics(folder, {"renders_pairs": 3.0, "renders_ssim": 0.25}, RENDERS_COMMAND))
    card = (folder / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "## Figures on mannequins" in card and "| ssim | 0.5 |" in card
    assert "## Figures on dressed people" in card and "| ssim | 0.25 |" in card
    assert limit in card and "begun with the weights of xinggan 0.9.0" in card


def test_the_command_measures_a_generator_on_renders(
    models: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "MODELS", models)
    asked = ["evaluate", "--rendered-pairs", str(data), "--pairs", "2", "--model"]
    assert main([*asked, "xinggan"]) == 0
    manifest = json.loads((models / "xinggan" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["metrics"]["renders_pairs"] == 2
    assert main([*asked, "layout"]) == 2
    assert "layout is not measured on rendered pairs" in capsys.readouterr().err
