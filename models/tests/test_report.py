"""Reports, contact sheets and the command line around them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from posemodels.__main__ import COMMANDS, main
from posemodels.architectures.layout.layout_net import LayoutNet
from posemodels.architectures.registry import GENERATORS
from posemodels.evaluation.comparison import compare
from posemodels.evaluation.contact_sheet import contact_sheet, titled_sheet, to_rgb
from posemodels.evaluation.page import write_page
from posemodels.evaluation.protocol import Counts
from posemodels.evaluation.generator_card import write_generator_card
from posemodels.evaluation.report import TRAINING_FILE, write_metrics
from posemodels.evaluation.generator import ShippedGenerator, TrainedGenerator
from posemodels.evaluation.held_out import HeldOutPairs, Version
from posemodels.evaluation.layouts import ShippedLayout
from posemodels.export.generator import RestoredGenerator, export_generator, restore_generator
from posemodels.export.layout import example_inputs, layout_spec
from posemodels.export.wrapper import export_model
from posemodels.training.config import StageConfig
from tests.generators import TINY, tiny


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


COUNTS = Counts(pairs=3, each_pattern=1, others=4)


def test_exported_generator_is_measured_and_written_up(folder: Path, tmp_path: Path) -> None:
    comparison = compare([folder], tmp_path / "no judges", COUNTS)
    metrics = comparison.metrics["tiny"]
    assert metrics["pairs"] == 3
    assert metrics["ratio"] == pytest.approx((1 - metrics["ssim"]) / (1 - metrics["ssim_of_copy"]), abs=1e-3)
    assert not {"pckh50", "parsing_frechet", "parsing_perceptual"} & metrics.keys()
    assert {"masked_ssim", "color_error_upper_clothes", "pattern_kept_checks"} <= metrics.keys()

    before = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest = write_metrics(folder, metrics)
    assert manifest["metricsCommand"].endswith("--model tiny")
    assert {key: manifest[key] for key in ("sha256", "inputs", "golden")} == {
        key: before[key] for key in ("sha256", "inputs", "golden")
    }
    write_generator_card(folder, manifest)
    card = (folder / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "# tiny 1.2.3" in card and "Not for photographs" in card and "| 1 | 9 | 32 | 24 |" in card
    write_page(comparison, folder.parent, tmp_path / "evaluation.md")
    page = (tmp_path / "evaluation.md").read_text(encoding="utf-8")
    assert "## Generators at 32x24" in page and f"| tiny | {metrics['ssim']:.3f} |" in page
    # Against themselves, the truth and the copy have figures that are known beforehand.
    assert "| truth | 1.000 | 1.000 | 100.000 | 0.000 | 0.000 |" in page
    assert any(line.startswith("| copy the source |") and "| 1.000 |" in line for line in page.splitlines())


def test_generators_of_two_sizes_are_measured_at_their_own(folder: Path, tmp_path: Path) -> None:
    larger = tmp_path / "models" / "larger"
    checkpoint = tmp_path / "published.pth"
    export_generator(
        restore_generator(checkpoint), larger, size=(48, 36), version="1.0.0", license="MIT", description="Larger."
    )
    comparison = compare([folder, larger], tmp_path / "no judges", Counts(pairs=2, each_pattern=0))
    assert [(table.size, table.rows[-1].name) for table in comparison.tables] == [
        ((32, 24), "tiny"),
        ((48, 36), "larger"),
    ]
    assert comparison.together is not None and comparison.together.width == 5 * 36


def test_generator_that_is_laid_out_by_labels_is_measured_in_all_versions(tmp_path: Path) -> None:
    design = GENERATORS["scam"]
    config = design.config(**TINY["scam"])
    restored = RestoredGenerator(design, tiny("scam").eval(), design.inputs(config))
    folder = tmp_path / "scam"
    export_generator(restored, folder, size=(32, 32), version="1.0.0", license="MIT", description="Small.")
    comparison = compare([folder], tmp_path / "no judges", COUNTS)
    versions = [row.version for row in comparison.tables[0].rows if row.name == "scam"]
    assert versions == [Version.TRANSFER, Version.RECONSTRUCTION, Version.SWAP]
    # The exported graphs give what the module gives, the scene's background latents included.
    shipped, module = ShippedGenerator(folder), TrainedGenerator(restored.module, restored.inputs, 6.0)
    pairs = HeldOutPairs.render(2, (32, 32))
    for version in versions:
        assert torch.allclose(shipped.draw(pairs, version), module.draw(pairs, version), atol=1e-4)
    metrics = comparison.metrics["scam"]
    assert {"reconstruction_ssim", "swap_color_error"} <= metrics.keys() and "swap_ssim" not in metrics


def test_labels_are_predicted_where_a_layout_model_of_the_size_ships(tmp_path: Path) -> None:
    design = GENERATORS["scam"]
    restored = RestoredGenerator(design, tiny("scam").eval(), design.inputs(design.config(**TINY["scam"])))
    models = tmp_path / "models"
    export_generator(restored, models / "scam", size=(32, 32), version="1.0.0", license="MIT", description="Small.")
    stage = StageConfig(samples=1, height=32, width=32, batch=1, sigma=2.0)
    network = LayoutNet((4, 4, 4, 4)).eval()
    export_model(network, example_inputs(stage), layout_spec("layout", "1.0.0", 2.0), models / "layout")
    comparison = compare([models / "scam"], models, COUNTS)
    assert {"predicted_ssim", "predicted_color_error"} <= comparison.metrics["scam"].keys()
    write_page(comparison, models, tmp_path / "evaluation.md")
    page = (tmp_path / "evaluation.md").read_text(encoding="utf-8")
    assert "| scam (target's labels) |" in page and "| scam (predicted labels) |" in page

    # Painted into the labels that the layout model gives, not into the target's own.
    layout = ShippedLayout(models / "layout")
    pairs, generator = HeldOutPairs.render(2, (32, 32)), ShippedGenerator(models / "scam", layout)
    batch = next(pairs.batches(generator.sigma))
    assert torch.equal(generator.draw(pairs, Version.PREDICTED), generator.fill(layout.laid_out(batch)))
    assert not torch.equal(generator.draw(pairs, Version.PREDICTED), generator.draw(pairs))


def test_titled_sheet_has_a_column_a_title() -> None:
    panel = np.zeros((2, 8, 6, 3), np.uint8)
    sheet = titled_sheet({"one": panel, "two": panel, "three": panel})
    assert sheet.width == 18 and sheet.height > 16


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
