"""Rendered pairs as generators are fed them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from posemodels.data.dataset import PairBatch
from posemodels.data.render_pairs.framed_pairs import FramedPairs
from posemodels.data.render_pairs.framing_config import EXACT, FramingConfig
from posemodels.data.render_pairs.generator_pairs import framed_for, generator_batch
from posemodels.data.render_pairs.label_noise import ACCESSORY
from posemodels.data.render_pairs.stream import PairStream
from posemodels.data.synthetic import LABEL_NAMES
from posemodels.training.config import StageConfig
from posemodels.training.rendered_pairs import RenderedPairs
from tests.rendered.conftest import STAGE

HALF = replace(STAGE, height=16, width=12, sigma=1.0)


def frame(data: Path, config: FramingConfig, size: tuple[int, int] = (32, 24), fineness: int = 1) -> FramedPairs:
    raw = PairStream(data / "train").pairs(np.arange(8), images=True)
    return framed_for(raw, config, size, fineness, torch.Generator().manual_seed(3))


def same(first: PairBatch, second: PairBatch) -> bool:
    return all(torch.equal(value, getattr(second, name)) for name, value in vars(first).items())


@pytest.mark.parametrize("stage", [STAGE, HALF], ids=["full", "half"])
def test_a_batch_has_the_stages_size_and_the_ranges_of_every_role(data: Path, stage: StageConfig) -> None:
    batch = RenderedPairs(data, seed=1).batch(0, stage, 5)
    size = stage.height, stage.width
    assert batch.target_known is not None and batch.target_known.shape == (5, *size)
    for side in ("source", "target"):
        image, pose = getattr(batch, f"{side}_image"), getattr(batch, f"{side}_pose")
        labels, points = getattr(batch, f"{side}_labels"), getattr(batch, f"{side}_keypoints")
        assert image.shape == (5, 3, *size) and image.abs().max() <= 1
        assert pose.shape == (5, 18, *size) and pose.min() >= 0 and 0.5 < pose.max() <= 1
        assert labels.shape == (5, *size) and labels.dtype == torch.int64
        assert labels.min() == 0 and labels.max() < len(LABEL_NAMES)
        assert points.shape == (5, 18, 2)


def test_seed_and_step_alone_decide_a_batch(data: Path) -> None:
    one, again, other = RenderedPairs(data, 1), RenderedPairs(data, 1), RenderedPairs(data, 2)
    first = one.batch(3, STAGE)
    again.batch(0, STAGE)
    assert same(first, again.batch(3, STAGE))
    assert not torch.equal(first.source_image, one.batch(4, STAGE).source_image)
    assert not torch.equal(first.source_image, other.batch(3, STAGE).source_image)


def test_held_out_pairs_are_the_same_for_every_run_and_exact(data: Path) -> None:
    held_out = RenderedPairs(data, 1).held_out(3, STAGE)
    assert len(held_out.source_image) == 3
    assert same(held_out, RenderedPairs(data, 9).held_out(3, STAGE))
    # No joint is lost where nothing is lost to the picture's edge: of the whole ones, all.
    assert ((held_out.target_keypoints != -1).all(dim=-1).sum(dim=1) == 18).any()


def test_a_missing_joint_has_an_empty_map_and_another_its_peak_at_its_place(data: Path) -> None:
    config = replace(FramingConfig(), joints=replace(FramingConfig().joints, lost=0.5))
    batch = generator_batch(frame(data, config), sigma=2.0)
    missing = (batch.source_keypoints == -1).all(dim=-1)
    assert missing.any() and (~missing).any()
    assert not batch.source_pose[missing].any()
    for pose, (x, y) in zip(batch.source_pose[~missing], batch.source_keypoints[~missing].tolist()):
        if 1 <= x <= 22 and 1 <= y <= 30:
            row, column = divmod(int(pose.argmax()), pose.shape[1])
            assert abs(row - y) <= 0.51 and abs(column - x) <= 0.51


def test_what_is_carried_is_background_with_its_own_colour(data: Path) -> None:
    framed = frame(data, replace(EXACT, covered=1.0, cut_share=0.0))
    carried = framed.source_labels == ACCESSORY
    batch = generator_batch(framed, sigma=2.0)
    assert carried.any() and (batch.source_labels[carried] == 0).all()
    assert torch.equal(batch.source_labels[~carried], framed.source_labels[~carried])
    bare = generator_batch(frame(data, replace(EXACT, cut_share=0.0)), sigma=2.0)
    assert (bare.source_labels[carried] > 0).any()


def test_a_joint_of_the_target_that_its_picture_does_not_show_is_missing(data: Path) -> None:
    framed = frame(data, replace(EXACT, cut_share=0.0, like_source=0.0))
    known = torch.ones_like(framed.target_known)
    known[:, 16:] = False
    batch = generator_batch(replace(framed, target_known=known), sigma=2.0)
    shown = (batch.target_keypoints != -1).all(dim=-1)
    assert shown[:, 1].all() and not shown[:, (10, 13)].any()


def test_smaller_pictures_are_means_of_those_cut_out_finer(data: Path) -> None:
    fine, small = frame(data, EXACT), frame(data, EXACT, (16, 12), fineness=2)
    assert fine.source_image is not None and small.source_image is not None
    assert torch.allclose(torch.nn.functional.avg_pool2d(fine.source_image, 2), small.source_image, atol=1e-6)
    assert torch.equal(fine.target_labels[:, 1::2, 1::2], small.target_labels)
    assert torch.equal(fine.target_joints, small.target_joints)
