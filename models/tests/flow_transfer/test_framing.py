"""Windows into pictures: joints, labels and correspondences follow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from posemodels.data.render_pairs.framed_pairs import FramedPairs
from posemodels.data.render_pairs.frames import MIRRORED_JOINTS, Windows, sample
from posemodels.data.render_pairs.framing import framed
from posemodels.data.render_pairs.framing_config import EXACT, FramingConfig
from posemodels.data.render_pairs.label_noise import ACCESSORY
from posemodels.data.render_pairs.person_frames import MARGIN, WindowNoise
from posemodels.data.render_pairs.raw_pairs import RawPairs
from posemodels.data.render_pairs.stream import PairStream

SIZE, FLOW_SIZE = (128, 96), (64, 48)
TURNED = replace(EXACT, windows=WindowNoise(scale=0.1, shift=0.03, turn=0.2), cut_share=0.0)


@pytest.fixture()
def raw(data: Path) -> RawPairs:
    return PairStream(data / "train").pairs(np.arange(8), images=True)


def frame(raw: RawPairs, config: FramingConfig, seed: int = 3) -> FramedPairs:
    return framed(raw, config, SIZE, FLOW_SIZE, torch.Generator().manual_seed(seed))


def test_points_go_into_a_window_and_back() -> None:
    windows = Windows.placed(
        torch.tensor([[0.2, -0.1]]), torch.tensor([0.6]), torch.tensor([0.3]), torch.tensor([True])
    )
    points = torch.tensor([[[0.1, 0.2], [-0.5, 0.9]]])
    assert torch.allclose(windows.from_picture(windows.to_picture(points)), points, atol=1e-6)


def test_a_turned_window_keeps_lengths_in_pixels() -> None:
    still, turned = (
        Windows.placed(torch.zeros(1, 2), torch.ones(1), torch.tensor([angle]), torch.tensor([False]))
        for angle in (0.0, 0.7)
    )
    step = torch.tensor([[[0.0, 0.0], [0.4, 0.0]]])
    pixels = torch.tensor([WIDTH_TO_HEIGHT, 1.0])
    lengths = [((w.to_picture(step)[0, 1] - w.to_picture(step)[0, 0]) * pixels).norm() for w in (still, turned)]
    assert torch.allclose(lengths[0], lengths[1], atol=1e-6)


WIDTH_TO_HEIGHT = 0.75


def test_a_mirrored_persons_left_is_their_right() -> None:
    windows = Windows.placed(torch.zeros(1, 2), torch.ones(1), torch.zeros(1), torch.tensor([True]))
    joints = torch.rand(1, 18, 2)
    mirrored = windows.joints(joints)
    assert torch.allclose(mirrored[0, 2], joints[0, MIRRORED_JOINTS[2]] * torch.tensor([-1.0, 1.0]))


def test_the_source_carried_by_the_correspondences_is_the_target(raw: RawPairs) -> None:
    batch = frame(raw, TURNED)
    assert batch.source_image is not None and batch.target_image is not None
    carried = sample(batch.source_image, batch.positions.permute(0, 2, 3, 1))
    target = torch.nn.functional.avg_pool2d(batch.target_image, 2)
    off = (carried - target).abs().amax(dim=1)[batch.visible]
    assert batch.visible.float().mean() > 0.1
    # The picture's colours change by 1.6 from one edge to the other: a pixel of 48 is 0.03.
    assert off.mean() < 0.02


def test_joints_stay_at_their_place_in_the_picture(raw: RawPairs) -> None:
    batch = frame(raw, TURNED)
    assert batch.source_image is not None
    # Equal pictures: the colour at the neck is the same in every window.
    at = [batch.source_joints[:, None, 1:2], batch.target_joints[:, None, 1:2]]
    source, target = sample(batch.source_image, at[0]), sample(batch.target_image, at[1])  # type: ignore[arg-type]
    assert (source - target).abs().max() < 0.03


def test_a_whole_person_has_the_rules_margin(raw: RawPairs) -> None:
    batch = frame(raw, replace(EXACT, cut_share=0.0, like_source=0.0))
    rows = torch.nonzero((batch.source_labels[0] > 0).any(dim=1)).flatten()
    height = SIZE[0]
    assert rows.min() == pytest.approx(MARGIN * height, abs=2)
    assert height - 1 - rows.max() == pytest.approx(MARGIN * height, abs=2)


def test_what_a_photo_cuts_off_is_neither_labelled_nor_visible(raw: RawPairs) -> None:
    whole, cut = frame(raw, replace(EXACT, cut_share=0.0)), frame(raw, replace(EXACT, cut_share=1.0))
    assert (whole.source_labels == 7).any(dim=(1)).any(dim=1).all()
    lost = ~(cut.source_labels == 7).any(dim=1).any(dim=1)
    assert lost.any()
    shoes = (cut.target_labels[:, ::2, ::2] == 7) & lost[:, None, None]
    assert not (cut.visible & shoes).any()
    assert not cut.source_present[lost][:, (10, 13)].any()


def test_what_a_thing_covers_is_not_visible_and_has_its_label(raw: RawPairs) -> None:
    config = replace(EXACT, covered=1.0, cut_share=0.0, like_source=1.0)
    batch = frame(raw, config)
    assert (batch.source_labels == ACCESSORY).any()
    accessory = sample(
        (batch.source_labels == ACCESSORY)[:, None].float(), batch.positions.permute(0, 2, 3, 1), "nearest"
    )
    assert ((accessory[:, 0] > 0) & batch.visible).float().mean() < 0.003


def test_the_same_seed_frames_the_same_and_noise_changes_only_what_is_found(raw: RawPairs) -> None:
    one, again = frame(raw, FramingConfig()), frame(raw, FramingConfig())
    assert torch.equal(one.source_labels, again.source_labels) and torch.equal(one.positions, again.positions)
    assert (one.source_labels != one.true_source_labels).any()


def test_what_is_worn_changes_labels_and_not_what_is_visible(raw: RawPairs) -> None:
    plain, worn = (frame(raw, replace(EXACT, worn=share, like_source=1.0)) for share in (0.0, 1.0))
    assert (worn.source_labels == ACCESSORY).any() and not (plain.source_labels == ACCESSORY).any()
    assert torch.equal(worn.visible, plain.visible)
    assert not (worn.target_labels == ACCESSORY).any()


def test_one_piece_is_one_garment_in_source_and_target(raw: RawPairs) -> None:
    batch = frame(raw, replace(EXACT, one_piece=1.0))
    for labels in (batch.source_labels, batch.target_labels):
        assert not (labels == 4).any() and (labels == 3).any()
