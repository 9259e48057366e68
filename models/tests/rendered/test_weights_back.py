"""Weights out of exported graphs, and runs that begin with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from posemodels.architectures.registry import GENERATORS
from posemodels.data.dataset import held_out_pairs
from posemodels.errors import CheckpointError
from posemodels.export.generator import RestoredGenerator, export_generator
from posemodels.export.weights_back import read_back, settle_norms
from posemodels.training.pair_source import pair_source
from posemodels.training.trainer import Trainer
from tests.generators import TINY, tiny
from tests.rendered.conftest import config

SIZE = 32, 32
ONE_HEAD = {"heads": 1, "encoder_cross_heads": 1}
"""Of SCAM, as ships."""


def changes_of(name: str) -> dict[str, Any]:
    return ONE_HEAD if name == "scam" else {}


def export(name: str, folder: Path, **changes: Any) -> nn.Module:
    """A tiny generator with weights of its own, exported."""
    design, module = GENERATORS[name], tiny(name, **changes).eval()
    restored = RestoredGenerator(design, module, design.inputs(design.config(**(TINY[name] | changes))))
    export_generator(restored, folder, size=SIZE, version="1.2.3", license="MIT", description="Small.")
    return module


@pytest.mark.parametrize("name", sorted(GENERATORS))
@torch.no_grad()
def test_a_module_filled_from_a_folder_draws_what_was_exported(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    exported, inputs = export(name, folder, **changes_of(name)), GENERATORS[name].inputs(
        GENERATORS[name].config(**TINY[name])
    )
    other = tiny(name, seed=8, **changes_of(name)).eval()
    batch = tuple(inputs.of(held_out_pairs(2, SIZE, 3.0)).values())
    assert not torch.allclose(other(*batch), exported(*batch), atol=1e-3)
    assert read_back(other, folder).left == ()
    assert torch.allclose(other(*batch), exported(*batch), atol=1e-4)


def test_what_a_graph_has_no_value_for_is_told(tmp_path: Path) -> None:
    export("scam", tmp_path / "scam")
    left = read_back(tiny("scam", seed=8), tmp_path / "scam").left
    assert left and all(name.endswith("k_linear.weight") for name in left)


@torch.no_grad()
def test_settled_norms_change_nothing_in_use_and_little_in_training(tmp_path: Path) -> None:
    exported = export("patch-xing", tmp_path / "model")
    module = tiny("patch-xing", seed=8)
    read_back(module, tmp_path / "model")
    pairs = held_out_pairs(4, SIZE, 3.0)
    batch = pairs.source_image, pairs.source_pose, pairs.target_pose
    settle_norms(module, iter([batch]))
    wanted = exported(*batch)
    assert torch.allclose(module.eval()(*batch), wanted, atol=1e-3)
    assert torch.allclose(module.train()(*batch), wanted, atol=1e-2)


def test_another_network_is_refused(tmp_path: Path) -> None:
    export("xinggan", tmp_path / "model")
    with pytest.raises(CheckpointError, match="is not this network"):
        read_back(tiny("patch-xing"), tmp_path / "model")
    with pytest.raises(CheckpointError, match="has one graph"):
        read_back(tiny("scam"), tmp_path / "model")
    with pytest.raises(CheckpointError, match="cannot read the model"):
        read_back(tiny("xinggan"), tmp_path)


def test_a_run_says_what_it_began_with_also_after_it_was_interrupted(data: Path, tmp_path: Path) -> None:
    export("patch-xing", tmp_path / "model")
    settings = config("patch-xing", TINY["patch-xing"])
    first = Trainer(settings, tmp_path / "run", pair_source(settings.data, 5, data))
    assert first.start_from(tmp_path / "model").model == "model 1.2.3"
    filled = tiny("patch-xing")
    read_back(filled, tmp_path / "model")
    weights = dict(filled.named_parameters())
    norms = {name for name, part in filled.named_modules() if isinstance(part, nn.BatchNorm2d)}
    for name, parameter in first.average.module.named_parameters():
        if name.rpartition(".")[0] not in norms:
            assert torch.equal(parameter, weights[name]), name
    first.train_step()
    first.save()
    second = Trainer(settings, tmp_path / "run", pair_source(settings.data, 5, data))
    assert second.resume() and second.started_from == "model 1.2.3"
    content = torch.load(tmp_path / "run" / "latest.pt", map_location="cpu")
    assert json.loads(content["progress"])["started_from"] == "model 1.2.3"
