"""Reports, contact sheets and the command line around them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from posemodels.__main__ import COMMANDS, main
from posemodels.evaluation.contact_sheet import contact_sheet, to_rgb
from posemodels.evaluation.generator import evaluate_generator
from posemodels.evaluation.report import TRAINING_FILE, write_generator_card, write_metrics, write_report
from posemodels.export.generator import export_generator, restore_generator
from tests.generators import tiny


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small exported generator with a training record."""
    checkpoint = tmp_path / "published.pth"
    torch.save({f"model.{key}": value for key, value in tiny("xinggan").state_dict().items()}, checkpoint)
    model = tmp_path / "models" / "tiny"
    export_generator(
        restore_generator(checkpoint), model, size=(32, 24), version="1.2.3", license="MIT", description="Small."
    )
    point = {
        "minutes": 1.0,
        "samples": 9,
        "height": 32,
        "width": 24,
        "l1": 0.1,
        "psnr": 20.0,
        "ssim": 0.5,
        "ratio": 0.7,
    }
    record = {"configuration": "tiny.toml", "network": {"width": 4}, "samples": 9, "minutes": 1.0, "curve": [point]}
    (model / TRAINING_FILE).write_text(json.dumps(record), encoding="utf-8")
    return model


def test_exported_generator_is_measured_and_written_up(folder: Path, tmp_path: Path) -> None:
    evaluation = evaluate_generator(folder, tmp_path / "no keypoint model", pairs=3)
    assert evaluation.metrics["pairs"] == 3
    expected = (1 - evaluation.metrics["ssim"]) / (1 - evaluation.metrics["ssim_of_copy"])
    assert evaluation.metrics["ratio"] == pytest.approx(expected, abs=1e-3)
    assert "pckh50" not in evaluation.metrics

    before = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest = write_metrics(folder, evaluation.metrics)
    assert manifest["metricsCommand"].endswith("--model tiny")
    assert {key: manifest[key] for key in ("sha256", "inputs", "golden")} == {
        key: before[key] for key in ("sha256", "inputs", "golden")
    }
    write_generator_card(folder, manifest)
    card = (folder / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "# tiny 1.2.3" in card and "Not for photographs" in card and "| 1 | 9 | 32 | 24 |" in card
    write_report(folder.parent, tmp_path / "evaluation.md")
    report = (tmp_path / "evaluation.md").read_text(encoding="utf-8")
    assert f"| ratio | {evaluation.metrics['ratio']} |" in report and manifest["metricsCommand"] in report


def test_contact_sheet_has_four_panels_a_pair_and_pads_the_last_row() -> None:
    images = torch.zeros(3, 3, 32, 24)
    sheet = contact_sheet(images, torch.full((3, 18, 2), -1.0), images, images, columns=2)
    assert sheet.size == (2 * 4 * 24, 2 * 32)


def test_images_are_rounded_and_clipped() -> None:
    image = torch.tensor([-1.1, -1.0, 0.0, 0.999, 1.2]).reshape(1, 1, 1, 5).expand(1, 3, 1, 5)
    assert to_rgb(image)[0, 0, :, 0].tolist() == [0, 0, 128, 255, 255]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert "usage" in capsys.readouterr().out


def test_bad_input_is_one_sentence_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--checkpoint", str(tmp_path / "absent.pth"), "--output", str(tmp_path / "x")]) == 2
    assert capsys.readouterr().err.strip().endswith("absent.pth: no such file")
    assert main(["evaluate", "--model", "unheard-of"]) == 2
    assert "is not a model folder" in capsys.readouterr().err
