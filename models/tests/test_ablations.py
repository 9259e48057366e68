"""Ablations: what is varied, what is resumed, what the page says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from posemodels.ablations.config import AblationConfig, Claim, merged, read_ablation
from posemodels.ablations.diffusion_unet import DiffusionUNet, DiffusionUNetConfig, sample
from posemodels.ablations.page import write_page
from posemodels.ablations.results import read_results, write_result
from posemodels.ablations.runner import estimate_minutes, run_ablation, tried
from posemodels.ablations.speed import SpeedConfig, measure_speed, speed_section
from posemodels.architectures.registry import generator_architecture
from posemodels.errors import ConfigError

CONFIGS = Path(__file__).resolve().parents[1] / "configs" / "ablations"
BASE = """
architecture = "xinggan"
initialization = "kaiming"
network = { width = 4, blocks = 2, candidates = 1, dropout = 0.0 }
stages = [{ samples = 4, height = 32, width = 24, batch = 2, sigma = 2.0 }]
data = { poses = 2, window = 3 }
run = { evaluation_pairs = 2, threads = 1 }
"""
ABLATION = """
question = "Which is better?"
base = "base.toml"
pairs = 2
each_pattern = 0
others = 2
common = { run = { seed = 5 } }

[variants.narrow]

[variants.wide.network]
width = 6

[[claims]]
text = "Width helps"
figure = "ssim"
rises_along = ["narrow", "wide"]
"""


@pytest.fixture
def ablation(tmp_path: Path) -> AblationConfig:
    (tmp_path / "base.toml").write_text(BASE, encoding="utf-8")
    (tmp_path / "width.toml").write_text(ABLATION, encoding="utf-8")
    return read_ablation(tmp_path / "width.toml")


def test_tables_are_merged_and_everything_else_is_replaced() -> None:
    base = {"network": {"width": 4, "bins": [1, 2]}, "stages": [1, 2], "seed": 1}
    changes = {"network": {"bins": [3]}, "stages": [4]}
    assert merged(base, changes) == {"network": {"width": 4, "bins": [3]}, "stages": [4], "seed": 1}
    assert base["network"] == {"width": 4, "bins": [1, 2]}


def test_variants_differ_from_the_base_in_what_they_name(ablation: AblationConfig) -> None:
    narrow, wide = ablation.variants
    assert (narrow.config.network["width"], wide.config.network["width"]) == (4, 6)
    assert narrow.config.network["blocks"] == wide.config.network["blocks"] == 2
    assert narrow.config.run.seed == 5 and narrow.config.run.evaluation_pairs == 2
    assert narrow.digest != wide.digest


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ('rises_along = ["narrow", "huge"]', "no variant: huge"),
        ('rises_along = ["narrow"]', "at least two"),
        ("", "either rises_along or falls_along"),
        ('rises_along = ["narrow", "wide"]\nversion = "guess"', "guess"),
    ],
)
def test_impossible_claims_are_refused(ablation: AblationConfig, tmp_path: Path, changed: str, message: str) -> None:
    text = ABLATION.replace('rises_along = ["narrow", "wide"]', changed)
    (tmp_path / "wrong.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_ablation(tmp_path / "wrong.toml")


def test_unknown_names_are_refused(ablation: AblationConfig, tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text("pears = 3\n" + ABLATION, encoding="utf-8")
    with pytest.raises(ConfigError, match="pears"):
        read_ablation(tmp_path / "wrong.toml")


def test_claims_are_about_the_order_of_figures() -> None:
    rises = Claim(text="", figure="ssim", rises_along=("a", "b", "c"))
    falls = Claim(text="", figure="ssim", falls_along=("a", "b", "c"))
    assert rises.holds([1.0, 2.0, 3.0]) and not rises.holds([1.0, 3.0, 2.0]) and not rises.holds([1.0, 1.0, 2.0])
    assert falls.holds([3.0, 2.0, 1.0]) and not falls.holds([1.0, 2.0, 3.0])


def test_measured_variants_are_kept_and_changed_ones_are_trained_again(
    ablation: AblationConfig, tmp_path: Path
) -> None:
    results = tmp_path / "results" / "width.jsonl"
    run_ablation(ablation, tmp_path / "runs", results, tmp_path / "no judges")
    first = read_results(results)
    assert list(first) == ["narrow", "wide"] and first["narrow"]["samples"] == 4
    assert first["wide"]["parameters"] > first["narrow"]["parameters"]
    write_result(results, first["narrow"] | {"minutes": 99.0})
    write_result(results, first["wide"] | {"config_sha256": "of another configuration", "minutes": 99.0})
    run_ablation(ablation, tmp_path / "runs", results, tmp_path / "no judges")
    again = read_results(results)
    assert again["narrow"]["minutes"] == 99.0 and again["wide"]["minutes"] != 99.0
    assert again["wide"]["figures"] == first["wide"]["figures"]

    write_page([ablation], results.parent, tmp_path / "ablations.md")
    page = (tmp_path / "ablations.md").read_text(encoding="utf-8")
    higher = first["wide"]["figures"]["transfer"]["ssim"] > first["narrow"]["figures"]["transfer"]["ssim"]
    assert f"Width helps: **{'holds' if higher else 'does not hold'}**" in page


def test_what_another_ablation_measured_is_taken_over(ablation: AblationConfig, tmp_path: Path) -> None:
    narrow = AblationConfig(
        name="other", question="?", variants=(ablation.variants[0],), pairs=2, each_pattern=0, others=2
    )
    results = tmp_path / "results"
    run_ablation(narrow, tmp_path / "runs", results / "other.jsonl", tmp_path / "no judges")
    write_result(results / "other.jsonl", read_results(results / "other.jsonl")["narrow"] | {"minutes": 99.0})
    renamed = replace(narrow, variants=(replace(ablation.variants[0], name="slim"),))
    run_ablation(renamed, tmp_path / "none", results / "width.jsonl", tmp_path / "no judges")
    assert read_results(results / "width.jsonl")["slim"]["minutes"] == 99.0

    more_pairs = replace(renamed, pairs=3)
    run_ablation(more_pairs, tmp_path / "runs", results / "width.jsonl", tmp_path / "no judges")
    assert read_results(results / "width.jsonl")["slim"]["minutes"] != 99.0


def test_page_says_what_has_not_been_run(ablation: AblationConfig, tmp_path: Path) -> None:
    write_page([ablation], tmp_path / "nothing", tmp_path / "ablations.md")
    assert "Not run yet." in (tmp_path / "ablations.md").read_text(encoding="utf-8")


def test_tried_training_is_a_few_steps_of_every_stage(ablation: AblationConfig, tmp_path: Path) -> None:
    assert [stage.samples for stage in tried(ablation.variants[0].config, 3).stages] == [6]
    assert estimate_minutes(ablation.variants[0], tmp_path) > 0


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_ablations_are_valid(path: Path) -> None:
    if path.stem == "speed":
        return
    ablation = read_ablation(path)
    assert len({variant.digest for variant in ablation.variants}) == len(ablation.variants) > 1
    for variant in ablation.variants:
        generator_architecture(variant.config.architecture).config(**variant.config.network)


def test_diffusion_network_predicts_an_image_and_every_part_takes_part() -> None:
    torch.manual_seed(1)
    network = DiffusionUNet(DiffusionUNetConfig(width=4, keypoints=2))
    condition = torch.rand(2, 7, 16, 24)
    network(torch.randn(2, 3, 16, 24), condition, network.time_codes(torch.tensor([3, 400]))).square().sum().backward()
    assert all(parameter.grad is not None and parameter.grad.abs().sum() > 0 for parameter in network.parameters())
    images = [sample(network.eval(), condition, 4, torch.Generator().manual_seed(2)) for _ in range(2)]
    assert images[0].shape == (2, 3, 16, 24) and images[0].isfinite().all() and torch.equal(*images)


def test_speed_counts_every_step_of_the_diffusion_network(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(BASE, encoding="utf-8")

    def results(steps: int) -> list[dict[str, Any]]:
        config = SpeedConfig(base="base.toml", question="?", unet={"width": 4}, steps=steps, repeats=1)
        return measure_speed(config, tmp_path)

    one, three = results(1), results(3)
    assert [line["gflop"] for line in one][0] == [line["gflop"] for line in three][0] > 0
    assert three[1]["gflop"] == pytest.approx(3 * one[1]["gflop"], rel=0.05)
    text = speed_section(
        SpeedConfig(base="", question="?"), {line["variant"]: json.loads(json.dumps(line)) for line in three}
    )
    assert "times the arithmetic" in text and "diffusion U-Net" in text
