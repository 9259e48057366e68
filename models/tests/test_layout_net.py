"""The layout network: what it takes and gives, the noise it is trained with, resuming, and the model that ships."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
import torch

from posemodels.architectures.layout.body_points import BodyPoints, distance_fields
from posemodels.architectures.layout.layout_net import LABELS, LayoutNet
from posemodels.data.heatmaps import gaussian_maps
from posemodels.data.labels import EIGHT_LABELS
from posemodels.data.layout_noise import LayoutNoise, LayoutPairs, disturbed
from posemodels.data.skeleton import JOINT_NAMES
from posemodels.data.synthetic import LABEL_NAMES
from posemodels.errors import ConfigError
from posemodels.evaluation.held_out import HeldOutPairs
from posemodels.evaluation.layouts import ShippedLayout, measure
from posemodels.export.layout import LAYOUT_INPUTS, example_inputs, layout_spec
from posemodels.export.wrapper import export_model
from posemodels.training.config import StageConfig, read_toml
from posemodels.training.layout import LayoutTrainer, LayoutTrainingConfig, network_inputs
from posemodels.training.perception import parsing_loss

_WIDTHS = (4, 4, 4, 4)
_SIZE = (32, 32)
_STILL = LayoutNoise(**{field.name: 0.0 for field in dataclasses.fields(LayoutNoise)})
CONFIG = Path(__file__).resolve().parents[1] / "configs" / "layout.toml"


def example(size: tuple[int, int] = _SIZE, count: int = 2) -> LayoutPairs:
    """Bands of labels and joints within the picture."""
    random = torch.Generator().manual_seed(4)
    labels = (torch.arange(size[0]) * 4 // size[0])[None, :, None].expand(count, *size).clone()
    joints = torch.rand(2, count, 18, 2, generator=random) * (min(size) - 8) + 4
    return LayoutPairs(labels, joints[0], labels.flip(1) + 2, joints[1])


@pytest.mark.parametrize("size", [(64, 48), (32, 48)])
def test_scores_have_the_size_of_the_maps(size: tuple[int, int]) -> None:
    assert LayoutNet(_WIDTHS).eval()(*network_inputs(example(size), 3.0)).shape == (2, LABELS, *size)
    assert LABELS == len(LABEL_NAMES)


def test_maps_that_cannot_be_halved_four_times_are_refused() -> None:
    with pytest.raises(ValueError, match="multiples of 16"):
        LayoutNet(_WIDTHS)(*network_inputs(example((40, 32)), 3.0))


def test_network_is_small() -> None:
    assert sum(parameter.numel() for parameter in LayoutNet().parameters()) <= 800_000


def test_gradient_reaches_every_parameter() -> None:
    torch.manual_seed(1)
    network, pairs = LayoutNet(_WIDTHS), example()
    parsing_loss(network(*network_inputs(pairs, 3.0)), pairs.target_labels).backward()
    assert [name for name, p in network.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0] == []


def test_point_between_two_joints_is_read_and_written_there() -> None:
    points = BodyPoints()
    elbow, wrist = JOINT_NAMES.index("left_elbow"), JOINT_NAMES.index("left_wrist")
    chosen = points.joints.weight[:, (elbow, wrist), 0, 0].sub(torch.tensor([0.5, 0.5])).abs().sum(1).argmin()
    joints = torch.full((1, 18, 2), -1.0)
    joints[0, elbow], joints[0, wrist] = torch.tensor([[10.0, 12.0], [22.0, 20.0]])
    fields = distance_fields(gaussian_maps(joints, (32, 40), 6.0))
    for places in (points.reading(fields), points.writing(fields)):
        assert divmod(int(places[0, chosen].argmax()), 40) == (16, 16)
    assert torch.allclose(points.reading(fields).sum(2), torch.ones(1, points.count))


def test_missing_joint_has_no_field() -> None:
    assert distance_fields(torch.zeros(1, 18, 4, 4)).abs().max() == 0


def test_noise_is_the_same_for_the_same_seed() -> None:
    first, again, other = (
        disturbed(example(), LayoutNoise(), torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)
    )
    assert all(torch.equal(vars(first)[name], vars(again)[name]) for name in vars(first))
    assert not torch.equal(first.source_keypoints, other.source_keypoints)


@pytest.mark.parametrize("seed", range(5))
def test_noise_never_invents_labels_and_never_moves_joints_out_of_the_picture(seed: int) -> None:
    pairs = example((64, 48))
    worst = LayoutNoise(wobble=0.1, fray=0.1, covered=1.0, reframed=1.0, zoom=0.4, shift=0.3)
    found = disturbed(pairs, worst, torch.Generator().manual_seed(seed))
    for name in ("source_labels", "target_labels"):
        assert set(vars(found)[name].unique().tolist()) <= {0, *vars(pairs)[name].unique().tolist()}
    for joints in (found.source_keypoints, found.target_keypoints):
        missing = (joints == -1).all(-1)
        assert ((joints >= 0).all(-1) | missing).all()


def test_noise_of_nothing_changes_nothing() -> None:
    pairs = example()
    found = disturbed(pairs, _STILL, torch.Generator().manual_seed(0))
    for name, values in vars(pairs).items():
        torch.testing.assert_close(vars(found)[name], values, rtol=0, atol=1e-4)


def test_labels_move_with_the_joints() -> None:
    labels = torch.zeros(1, 64, 48, dtype=torch.long)
    labels[0, 29:32, 19:22] = 5
    joints = torch.tensor([20.0, 30.0]).expand(1, 18, 2).clone()
    noise = dataclasses.replace(_STILL, reframed=1.0, zoom=0.2, shift=0.1, mirrored=1.0)
    found = disturbed(LayoutPairs(labels, joints, labels, joints), noise, torch.Generator().manual_seed(3))
    assert (found.target_keypoints - joints).abs().max() > 1
    place = (found.target_labels[0] == 5).nonzero().float().mean(0).flip(0)
    assert (place - found.target_keypoints[0, 0]).abs().max() < 1


@pytest.mark.parametrize("change", [{"zoom": -0.1}, {"mirrored": 1.5}])
def test_impossible_noise_is_refused(change: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match="from 0 to 1"):
        LayoutNoise(**change)


def settings(**changes: Any) -> LayoutTrainingConfig:
    stages = [{"samples": 4, "height": 32, "width": 32, "batch": 2, "sigma": 2.0}] * 2
    content: dict[str, Any] = {"kind": "layout", "stages": stages, "data": {"poses": 2, "window": 2}}
    return LayoutTrainingConfig.parse(content | {"run": {"threads": 1, "evaluation_pairs": 2}} | changes)


def test_resumed_run_repeats_the_losses_of_an_uninterrupted_one(tmp_path: Path) -> None:
    straight = LayoutTrainer(settings(), tmp_path / "straight")
    expected = [straight.train_step() for _ in range(4)]
    first = LayoutTrainer(settings(), tmp_path / "resumed")
    assert not first.resume()
    found = [first.train_step() for _ in range(2)]
    first.save()
    second = LayoutTrainer(settings(), tmp_path / "resumed")
    assert second.resume()
    assert found + [second.train_step() for _ in range(2)] == expected and second.finished


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "parsing"}, "kind must be"),
        ({"stages": []}, "at least one stage"),
        ({"stages": [{"samples": 1, "height": 36, "width": 32, "batch": 1, "sigma": 1.0}]}, "multiples of 16"),
        ({"noise": {"sparkle": 1.0}}, "unknown name in noise: sparkle"),
        ({"run": {"processes": 2}}, "one process"),
    ],
)
def test_impossible_configuration_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        settings(**change)


def test_shipped_configuration_is_valid() -> None:
    assert LayoutTrainingConfig.parse(read_toml(CONFIG)).stages[-1].height == 128


def exported(folder: Path) -> tuple[LayoutNet, dict[str, Any]]:
    """A network of random weights in a model folder of 32x32."""
    torch.manual_seed(2)
    network = LayoutNet(_WIDTHS).eval()
    stage = StageConfig(samples=1, height=32, width=32, batch=1, sigma=2.0)
    return network, export_model(network, example_inputs(stage), layout_spec("layout", "0.1.0", 2.0), folder)


def test_exported_graph_predicts_what_the_network_does(tmp_path: Path) -> None:
    network, manifest = exported(tmp_path)
    model, pairs = ShippedLayout(tmp_path), HeldOutPairs.render(3, _SIZE)
    batch = next(pairs.batches(2.0))
    with torch.no_grad():
        expected = network(*LAYOUT_INPUTS.of(batch).values()).argmax(1)
    assert (model.predict(batch) == expected).float().mean() > 0.999
    figures = measure(model, pairs, None)
    assert {"miou", "iou_shoes", "miou_behind", "miou_of_copy"} <= figures.keys()
    assert "miou_perceived" not in figures and figures["pairs"] == 3


def test_manifest_says_what_the_service_needs(tmp_path: Path) -> None:
    manifest = exported(tmp_path)[1]
    assert (manifest["kind"], manifest["architecture"]) == ("layout", "layout-net")
    assert [(entry["name"], entry["role"], entry["shape"][1]) for entry in manifest["inputs"]] == [
        ("source_parsing", "sourceParsing", 8),
        ("source_pose", "sourcePose", 18),
        ("target_pose", "targetPose", 18),
    ]
    assert [(entry["name"], entry["role"]) for entry in manifest["outputs"]] == [("scores", "scores")]
    assert manifest["decoder"] == {"type": "argmax"} and manifest["keypoints"]["sigma"] == 2.0
    assert tuple(manifest["labels"]) == EIGHT_LABELS.names == tuple(manifest["labelMapping"])
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8")) == manifest


def test_folder_without_a_model_is_a_clear_error(tmp_path: Path) -> None:
    assert ShippedLayout.if_shipped(tmp_path) is None
    with pytest.raises(ConfigError, match="not a layout model"):
        ShippedLayout(tmp_path)
