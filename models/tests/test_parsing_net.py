"""The parsing network: shapes, gradients, loss and measures."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from posemodels.architectures.perception.keypoint_net import KeypointNet
from posemodels.architectures.perception.parsing_net import LABELS, ParsingNet
from posemodels.data.synthetic import LABEL_NAMES
from posemodels.errors import CheckpointError
from posemodels.evaluation.onnx_weights import load_onnx_weights
from posemodels.evaluation.segmentation import confusion, intersection_over_union
from posemodels.export.perception import parsing_spec
from posemodels.export.wrapper import export_model
from posemodels.training.perception import parsing_loss

_TINY = (8, 8, 8, 8)


@pytest.mark.parametrize("size", [(128, 96), (64, 48)])
def test_scores_have_the_size_of_the_image(size: tuple[int, int]) -> None:
    assert ParsingNet(_TINY).eval()(torch.zeros(2, 3, *size)).shape == (2, LABELS, *size)
    assert LABELS == len(LABEL_NAMES)


def test_gradient_reaches_every_parameter() -> None:
    torch.manual_seed(1)
    network = ParsingNet(_TINY)
    parsing_loss(network(torch.randn(2, 3, 64, 48)), torch.randint(0, LABELS, (2, 64, 48))).backward()
    assert [name for name, p in network.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0] == []


def test_loss_is_least_for_the_true_labels() -> None:
    labels = torch.randint(0, LABELS, (1, 16, 16), generator=torch.Generator().manual_seed(5))
    right = torch.nn.functional.one_hot(labels, LABELS).permute(0, 3, 1, 2).float() * 10
    assert parsing_loss(right, labels) < 0.1 < parsing_loss(right.roll(1, dims=1), labels)


def test_intersection_over_union_of_a_known_case() -> None:
    truth = torch.tensor([[0, 0, 1, 1]])
    found = torch.tensor([[0, 1, 1, 1]])
    iou = intersection_over_union(confusion(found, truth, 3))
    assert iou[0].item() == pytest.approx(1 / 2) and iou[1].item() == pytest.approx(2 / 3)
    assert iou[2].isnan()


def test_weights_of_another_architecture_are_refused(tmp_path: Path) -> None:
    export_model(ParsingNet(), {"image": torch.zeros(1, 3, 32, 32)}, parsing_spec({}), tmp_path)
    with pytest.raises(CheckpointError, match="KeypointNet"):
        load_onnx_weights(KeypointNet(), tmp_path)


def test_missing_model_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="cannot read"):
        load_onnx_weights(ParsingNet(), tmp_path)
