"""The parser for photographs: shapes, gradients, loss, and the graph it is exported as."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import Tensor

from posemodels.architectures.perception.person_parser import LABELS, PersonParser
from posemodels.data.photographs.street_labels import PERSON_LABELS
from posemodels.errors import CheckpointError
from posemodels.export.golden import read_golden
from posemodels.export.person_parsing import export_person_parser
from posemodels.export.runtime import Session, library_path
from posemodels.training.parsing_losses import jaccard_loss, parser_loss

FEATURES = {4: 5, 8: 3, 16: 6}
WIDTHS = (8, 8, 8, 8)


def inputs(batch: int, height: int = 64, width: int = 32) -> list[Tensor]:
    generator = torch.Generator().manual_seed(3)
    shapes = [(3, 1), (1, 1), (18, 1), *((channels, stride) for stride, channels in FEATURES.items())]
    return [torch.randn(batch, c, height // stride, width // stride, generator=generator) for c, stride in shapes]


@pytest.mark.parametrize("batch", [1, 3])
def test_scores_have_the_size_of_the_image(batch: int) -> None:
    assert PersonParser(FEATURES, WIDTHS).eval()(*inputs(batch)).shape == (batch, LABELS, 64, 32)
    assert LABELS == len(PERSON_LABELS)


def test_gradient_reaches_every_parameter() -> None:
    torch.manual_seed(1)
    network = PersonParser(FEATURES, WIDTHS)
    parser_loss(network(*inputs(2)), torch.randint(0, LABELS, (2, 64, 32))).backward()
    assert [name for name, p in network.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0] == []


def test_features_of_an_unknown_stride_are_refused() -> None:
    with pytest.raises(ValueError, match="strides"):
        PersonParser({2: 8}, WIDTHS)


def test_jaccard_of_a_known_case() -> None:
    sure = torch.tensor([[0, 0, 1, 1]])
    scores = torch.nn.functional.one_hot(torch.tensor([[0, 1, 1, 1]]), 3).permute(0, 2, 1)[:, :, None].float() * 100
    # Label 0 has 1 of 2, label 1 has 2 of 3; label 2 does not occur.
    assert jaccard_loss(scores, sure[:, None]).item() == pytest.approx(1 - (1 / 2 + 2 / 3) / 2, abs=1e-4)


def test_loss_is_least_for_the_true_labels() -> None:
    labels = torch.randint(0, LABELS, (1, 16, 16), generator=torch.Generator().manual_seed(5))
    right = torch.nn.functional.one_hot(labels, LABELS).permute(0, 3, 1, 2).float() * 10
    assert parser_loss(right, labels) < 0.1 < parser_loss(right.roll(1, dims=1), labels)


def checkpoint(path: Path) -> Path:
    network = PersonParser(FEATURES, WIDTHS)
    for part in network.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            # As after a training: folded weights are others than the network's, and round otherwise.
            torch.nn.init.uniform_(part.weight, 0.5, 3.0)
            torch.nn.init.uniform_(part.running_var, 0.1, 2.0)
    names = [f"features_{256 // stride}" for stride in FEATURES]
    state = {"features": FEATURES, "feature_names": names, "widths": WIDTHS, "average": network.state_dict()}
    torch.save(state | {"step": 7, "batch": 2, "seconds": 90.0}, path)
    return path


def test_a_checkpoint_becomes_a_folder_that_says_what_it_is_fed(tmp_path: Path) -> None:
    manifest = export_person_parser(checkpoint(tmp_path / "checkpoint.pt"), tmp_path / "model", version="1.2.3")
    assert [(entry["name"], entry["role"], entry["shape"][1:]) for entry in manifest["inputs"]] == [
        ("image", "image", [3, 256, 256]),
        ("person_mask", "personMask", [1, 256, 256]),
        ("pose", "pose", [18, 256, 256]),
        ("features_64", "features", [5, 64, 64]),
        ("features_32", "features", [3, 32, 32]),
        ("features_16", "features", [6, 16, 16]),
    ]
    assert manifest["labels"] == list(PERSON_LABELS) and manifest["outputs"][0]["shape"][1:] == [9, 256, 256]
    assert (manifest["fit"], manifest["fitMargin"]) == ("uprightSquare", 0.25)


def test_large_weights_are_stored_in_half_precision(tmp_path: Path) -> None:
    export_person_parser(checkpoint(tmp_path / "checkpoint.pt"), tmp_path / "model", version="1.0.0")
    graph = onnx.load(str(tmp_path / "model" / "model.onnx")).graph
    large = [tensor for tensor in graph.initializer if np.prod(tensor.dims) >= 256]
    assert large and all(tensor.data_type == onnx.TensorProto.FLOAT16 for tensor in large)


@pytest.mark.skipif(library_path() is None, reason="ONNX Runtime is not installed (dotnet restore)")
def test_the_graph_gives_the_golden_scores(tmp_path: Path) -> None:
    manifest = export_person_parser(checkpoint(tmp_path / "checkpoint.pt"), tmp_path / "model", version="1.0.0")
    golden = read_golden(manifest["golden"], tmp_path / "model")
    scores = golden.pop("scores")
    with Session(tmp_path / "model" / "model.onnx", ["scores"]) as session:
        assert np.abs(session.run(golden)[0] - scores).max() < manifest["golden"]["tolerance"]


def test_another_checkpoint_is_refused(tmp_path: Path) -> None:
    torch.save({"average": {}}, tmp_path / "checkpoint.pt")
    with pytest.raises(CheckpointError, match="no parser"):
        export_person_parser(tmp_path / "checkpoint.pt", tmp_path / "model", version="1.0.0")
