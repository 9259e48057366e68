"""The keypoint network: shapes, gradients, losses, measures, and training that survives an interruption."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from posemodels.architectures.perception.keypoint_net import STRIDE, KeypointNet
from posemodels.data.heatmaps import gaussian_maps
from posemodels.errors import ConfigError
from posemodels.evaluation.keypoints import head_sizes, pckh
from posemodels.evaluation.onnx_weights import load_onnx_weights
from posemodels.export.perception import keypoint_spec
from posemodels.export.wrapper import export_model
from posemodels.training import perception
from posemodels.training.perception import PerceptionConfig, keypoint_loss, load_network, train

_TINY = (8, 8, 8, 8)


@pytest.mark.parametrize("size", [(128, 96), (64, 48), (192, 144)])
def test_heatmaps_are_half_size_and_within_zero_and_one(size: tuple[int, int]) -> None:
    heatmaps = KeypointNet(_TINY).eval()(torch.rand(2, 3, *size) * 2 - 1)
    assert heatmaps.shape == (2, 18, size[0] // STRIDE, size[1] // STRIDE)
    assert 0.0 <= heatmaps.min() and heatmaps.max() <= 1.0


def test_gradient_reaches_every_parameter() -> None:
    torch.manual_seed(1)
    network = KeypointNet(_TINY)
    keypoints = torch.rand(2, 18, 2) * 40 + 4
    keypoint_loss(network.logits(torch.randn(2, 3, 64, 48)), keypoints, (64, 48)).backward()
    assert [name for name, p in network.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0] == []


def test_loss_prefers_the_true_joints_and_silence_for_missing_ones() -> None:
    keypoints = torch.rand(1, 18, 2) * 40 + 4
    keypoints[0, 4] = -1
    truth = gaussian_maps(keypoints, (64, 48), 3.0, STRIDE).clamp(1e-3, 1 - 1e-3).logit()
    shouting = truth.clone()
    shouting[0, 4, 3, 3] = 4.0
    good, loud, wrong = (
        keypoint_loss(logits, keypoints, (64, 48)) for logits in (truth, shouting, truth.roll(9, dims=3))
    )
    assert good < loud < wrong


def test_pckh_counts_joints_within_half_a_head() -> None:
    truth = torch.full((1, 18, 2), -1.0)
    truth[0, 0], truth[0, 1], truth[0, 4] = torch.tensor([[50.0, 20.0], [50.0, 40.0], [10.0, 60.0]])
    assert head_sizes(truth).item() == 20.0
    found, confidence = truth.clone(), torch.ones(1, 18)
    found[0, 4, 0] += 9.0
    found[0, 1, 1] += 11.0
    assert pckh(found, confidence, truth).fraction == pytest.approx(2 / 3)
    confidence[0, 0] = 0.1
    assert pckh(found, confidence, truth).correct == 1


def test_exported_weights_read_back_give_the_same_heatmaps(tmp_path: Path) -> None:
    torch.manual_seed(2)
    network = KeypointNet()
    with torch.no_grad():
        network(torch.randn(4, 3, 64, 48))
    network.eval()
    image = torch.rand(2, 3, 64, 48) * 2 - 1
    manifest = export_model(network, {"image": image}, keypoint_spec({"x": 1.0}), tmp_path, plain=True)
    assert manifest["outputs"][0]["shape"] == ["batch", 18, 32, 24]
    copy = KeypointNet()
    assert load_onnx_weights(copy, tmp_path) == (64, 48)
    with torch.no_grad():
        assert (copy(image) - network(image)).abs().max().item() < 1e-5


def test_interrupted_training_ends_where_an_uninterrupted_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = {
        "kind": "keypoints", "height": 32, "width": 32, "people": 2, "empty": 1, "steps": 4, "batch": 2,
        "save_every": 2,
    }  # fmt: skip
    train(config, tmp_path / "whole", resume=False)
    save = perception._save

    def save_and_die(*arguments: Any) -> None:
        save(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(perception, "_save", save_and_die)
    with pytest.raises(KeyboardInterrupt):
        train(config, tmp_path / "parts", resume=False)
    monkeypatch.setattr(perception, "_save", save)
    assert torch.load(tmp_path / "parts" / "checkpoint.pt")["step"] == 2
    train(config, tmp_path / "parts", resume=True)
    whole, parts = (load_network(tmp_path / name / "checkpoint.pt").state_dict() for name in ("whole", "parts"))
    assert all(torch.equal(whole[key], parts[key]) for key in whole)


@pytest.mark.parametrize("change", [{"kind": "cats"}, {"height": 100}, {"steps": 0}, {"colour": "red"}])
def test_nonsense_settings_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        PerceptionConfig.from_dict({"kind": "keypoints", **change})
