"""Input roles and label sets: what a generator is fed follows from what it declares."""

from __future__ import annotations

import json

import pytest
import torch

from posemodels.data.dataset import held_out_pairs
from posemodels.data.inputs import POSE_TRANSFER_INPUTS, GeneratorInputs, InputRole
from posemodels.data.labels import EIGHT_LABELS, FOUR_LABELS, LabelSet, label_set
from posemodels.data.synthetic import LABEL_NAMES
from posemodels.errors import ConfigError
from posemodels.export.generator import generator_spec
from posemodels.export.manifest import build_manifest

PARSED = GeneratorInputs((InputRole.TARGET_POSE, InputRole.SOURCE_PARSING, InputRole.TARGET_PARSING), FOUR_LABELS)


def test_inputs_come_in_declared_order_from_the_right_picture() -> None:
    batch = held_out_pairs(2, (32, 24))
    given = PARSED.of(batch)
    assert list(given) == ["target_pose", "source_parsing", "target_parsing"]
    assert torch.equal(given["target_pose"], batch.target_pose)
    assert torch.equal(given["source_parsing"], FOUR_LABELS.one_hot(batch.source_labels))
    assert torch.equal(given["target_parsing"], FOUR_LABELS.one_hot(batch.target_labels))
    assert [*POSE_TRANSFER_INPUTS.of(batch).values()][0] is batch.source_image


def test_every_pixel_has_one_label_of_the_merged_set() -> None:
    labels = torch.arange(8).reshape(1, 2, 4)
    assert torch.equal(EIGHT_LABELS.one_hot(labels).argmax(1), labels)
    merged = FOUR_LABELS.one_hot(labels)
    assert merged.shape == (1, 4, 2, 4) and torch.equal(merged.sum(1), torch.ones(1, 2, 4))
    names = [FOUR_LABELS.names[at] for at in merged.argmax(1).flatten().tolist()]
    assert dict(zip(LABEL_NAMES, names))["shoes"] == "clothes"
    assert dict(zip(LABEL_NAMES, names))["arms"] == "skin"


def test_manifest_declares_the_same_inputs_again() -> None:
    spec = generator_spec(
        PARSED, name="x", version="1.0.0", architecture="x", license="MIT", description="Small.", sigma=6.0
    )
    shapes = {tensor.name: (2, 4, 32, 24) for tensor in (*spec.inputs, *spec.outputs)}
    manifest = json.loads(json.dumps(build_manifest(spec, shapes, {"model.onnx": "0" * 64}, {})))
    assert manifest["labels"] == ["background", "skin", "clothes", "hair"]
    assert manifest["labelMapping"]["skin"] == ["face", "arms", "legs"]
    assert GeneratorInputs.of_manifest(manifest) == PARSED


def test_role_that_cannot_be_filled_is_named() -> None:
    with pytest.raises(ConfigError, match="depthMap"):
        GeneratorInputs.of_manifest({"name": "x", "inputs": [{"role": "depthMap"}]})


@pytest.mark.parametrize(
    "members",
    [
        {"background": ["background"], "person": ["hair"]},
        {"background": list(LABEL_NAMES[:2]), "person": list(LABEL_NAMES[2:])},
        {"person": list(LABEL_NAMES[1:]), "background": ["background"]},
        {"background": ["background"], "person": [*LABEL_NAMES[1:], "hair"]},
    ],
)
def test_label_set_that_loses_or_doubles_a_label_is_refused(members: dict[str, list[str]]) -> None:
    with pytest.raises(ConfigError, match="label"):
        label_set(members)


def test_name_without_a_label_of_ours_is_always_empty() -> None:
    members = {name: labels for name, labels in EIGHT_LABELS.members.items()} | {"glove": ()}
    assert LabelSet(members).one_hot(torch.arange(8).reshape(1, 2, 4))[:, 8].sum() == 0


def test_labels_and_parsing_maps_come_together() -> None:
    with pytest.raises(ConfigError, match="label set"):
        GeneratorInputs((InputRole.SOURCE_PARSING,))
    with pytest.raises(ConfigError, match="label set"):
        GeneratorInputs((InputRole.SOURCE_POSE,), EIGHT_LABELS)
    with pytest.raises(ConfigError, match="given twice"):
        GeneratorInputs((InputRole.SOURCE_POSE, InputRole.SOURCE_POSE))
