"""Runs on rendered pairs: what each design is fed, what is judged, resuming, configurations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from posemodels.__main__ import main
from posemodels.architectures.registry import GENERATORS
from posemodels.data.dataset import held_out_pairs
from posemodels.errors import ConfigError
from posemodels.export.generator import restore_generator
from posemodels.training.config import parse_training_config, read_training_config
from posemodels.training.layout import LayoutTrainer, LayoutTrainingConfig
from posemodels.training.pair_source import pair_source
from posemodels.training.pairs import PairWindow, judged
from posemodels.training.rendered_pairs import RenderedPairs
from posemodels.training.trainer import Trainer
from tests.generators import TINY
from tests.rendered.conftest import STAGE, config

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
LAYOUT = {
    "kind": "layout",
    "stages": [vars(STAGE) | {"width": 32}],
    "data": {"pairs": "rendered"},
    "run": {"threads": 1, "evaluation_pairs": 2},
}


def trainer(name: str, data: Path, run_dir: Path, **changes: Any) -> Trainer:
    stages = [vars(STAGE) | ({"height": 48, "width": 36} if name == "scam" else {})]
    settings = config(name, TINY[name], **({"stages": stages} | changes))
    return Trainer(settings, run_dir, pair_source(settings.data, settings.run.seed, data))


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_every_design_is_fed_its_roles_and_learns(name: str, data: Path, tmp_path: Path) -> None:
    run = trainer(name, data, tmp_path)
    fed: list[tuple[Tensor, ...]] = []
    run.generator.register_forward_pre_hook(lambda _, given: fed.append(given))
    before = [parameter.clone() for parameter in run.generator.parameters()]
    losses = run.train_step()
    assert losses["loss"] > 0 and torch.isfinite(torch.tensor(list(losses.values()))).all()
    assert any((old != new).any() for old, new in zip(before, run.generator.parameters()))
    assert len(fed[0]) == len(run.inputs.roles)
    size = run.config.stages[0].height, run.config.stages[0].width
    for role, given in zip(run.inputs.roles, fed[0]):
        assert given.shape[0] == 2 and given.shape[2:] == size
        if role.is_parsing:
            assert run.inputs.labels is not None and given.shape[1] == len(run.inputs.labels.names)
            assert torch.equal(given.sum(dim=1), torch.ones(2, *size))
        elif not role.is_image:
            assert given.shape[1] == 18


def test_what_a_target_does_not_show_is_not_judged() -> None:
    batch = held_out_pairs(1, (32, 24))
    known = torch.zeros(1, 32, 24, dtype=torch.bool)
    known[:, :10] = True
    generated = torch.zeros(1, 3, 32, 24, requires_grad=True)
    seen = judged(generated, type(batch)(**{**vars(batch), "target_known": known}))
    assert torch.equal(seen[:, :, 10:], batch.target_image[:, :, 10:]) and not seen[:, :, :10].any()
    seen.sum().backward()
    assert generated.grad is not None and not generated.grad[:, :, 10:].any() and generated.grad[:, :, :10].all()
    assert judged(generated, batch) is generated


def test_a_resumed_run_repeats_the_losses_of_an_uninterrupted_one(data: Path, tmp_path: Path) -> None:
    straight = trainer("xinggan", data, tmp_path / "straight")
    expected = [straight.train_step() for _ in range(3)]
    first = trainer("xinggan", data, tmp_path / "resumed")
    found = [first.train_step()]
    first.save()
    second = trainer("xinggan", data, tmp_path / "resumed")
    assert second.resume()
    assert found + [second.train_step() for _ in range(2)] == expected


def test_a_run_is_evaluated_on_held_out_pairs_and_exported_with_their_statistics(data: Path, tmp_path: Path) -> None:
    run = trainer("xinggan", data, tmp_path)
    run.train()
    assert (tmp_path / "sheets" / "00000006.png").exists()
    restored = restore_generator(tmp_path / "latest.pt", pairs=data)
    assert restored.record is not None
    assert restored.record["pairs"] == "rendered" and restored.record["configuration"] == "xinggan-rendered.toml"
    with pytest.raises(ConfigError, match="no folder of them is named"):
        restore_generator(tmp_path / "latest.pt")


def test_the_layout_network_learns_from_them_too(data: Path, tmp_path: Path) -> None:
    run = LayoutTrainer(LayoutTrainingConfig.parse(LAYOUT), tmp_path, data)
    assert run.train_step() > 0
    assert 0 <= run.evaluate() <= 1


def test_the_configuration_decides_where_pairs_come_from(data: Path) -> None:
    rendered, procedural = config("xinggan", TINY["xinggan"]).data, parse_training_config(_procedural()).data
    assert isinstance(pair_source(rendered, 1, data), RenderedPairs)
    assert isinstance(pair_source(procedural, 1, data), PairWindow)


def test_unknown_sources_and_folders_without_pairs_are_refused(data: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="pairs must be 'procedural' or 'rendered', got 'photographs'"):
        config("xinggan", TINY["xinggan"], data={"pairs": "photographs"})
    settings = config("xinggan", TINY["xinggan"])
    with pytest.raises(ConfigError, match="no folder of them is named"):
        Trainer(settings, tmp_path)
    with pytest.raises(ConfigError, match="holds no rendered pairs"):
        pair_source(settings.data, 1, tmp_path)
    (tmp_path / "train").symlink_to(data / "train")
    with pytest.raises(ConfigError, match="held-out holds no rendered pairs"):
        pair_source(settings.data, 1, tmp_path)


def test_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["train", str(CONFIGS / "xinggan-rendered.toml"), "--run-dir", str(tmp_path / "run"), "--pairs"]
    assert main([*command, str(tmp_path / "absent")]) == 2
    assert "holds no rendered pairs" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_a_configuration_ships_for_every_design_with_the_network_of_the_procedural_one(name: str) -> None:
    rendered, procedural = (read_training_config(CONFIGS / f"{name}{suffix}.toml") for suffix in ("-rendered", ""))
    assert rendered.data.pairs == "rendered" and procedural.data.pairs == "procedural"
    assert (rendered.architecture, rendered.network) == (procedural.architecture, procedural.network)
    assert (rendered.stages[-1].height, rendered.stages[-1].width) == (128, 96)


def _procedural() -> dict[str, Any]:
    return {"architecture": "xinggan", "network": TINY["xinggan"], "stages": [vars(STAGE)]}
