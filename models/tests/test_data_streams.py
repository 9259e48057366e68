"""Held-out pairs, the pool of labelled pictures, and augmentation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from posemodels.__main__ import main
from posemodels.data.augmentation import Labelled, augmented, mirrored, reframed
from posemodels.data.dataset import held_out_pairs, perception_pool


def test_held_out_pairs_are_always_the_same() -> None:
    first, again = held_out_pairs(2, (64, 48)), held_out_pairs(2, (64, 48))
    assert torch.equal(first.target_image, again.target_image)
    assert not torch.equal(first.source_keypoints, first.target_keypoints)


def test_perception_pool_is_rendered_once_and_has_pictures_of_nobody(tmp_path: Path) -> None:
    pool = perception_pool(tmp_path, (64, 48), people=2, empty=3, seed=1)
    assert pool.images.shape == (7, 64, 48, 3)
    assert (pool.keypoints[-3:] == -1).all() and (pool.labels[-3:] == 0).all()
    stamp = next(tmp_path.iterdir()).stat().st_mtime_ns
    perception_pool(tmp_path, (64, 48), people=2, empty=3, seed=1)
    assert next(tmp_path.iterdir()).stat().st_mtime_ns == stamp


def _one() -> Labelled:
    pairs = held_out_pairs(1, (128, 96))
    return Labelled(pairs.source_image, pairs.source_keypoints, pairs.source_labels)


def test_reframed_moves_joints_with_the_picture() -> None:
    one = _one()
    moved = reframed(one, torch.ones(1), torch.zeros(1), torch.tensor([[5.0, -3.0]]))
    present = (moved.keypoints >= 0).all(-1)
    assert present.any()
    expected = one.keypoints + torch.tensor([5.0, -3.0])
    assert torch.allclose(moved.keypoints[present], expected[present], atol=1e-3)
    assert torch.allclose(moved.images[:, :, :100, 10:90], one.images[:, :, 3:103, 5:85], atol=1e-3)
    assert torch.equal(moved.labels[:, :100, 10:90], one.labels[:, 3:103, 5:85])


def test_reframed_joints_that_leave_the_picture_become_missing() -> None:
    moved = reframed(_one(), torch.tensor([2.0]), torch.zeros(1), torch.tensor([[0.0, 120.0]]))
    ankles = moved.keypoints[0, [10, 13]]
    assert (ankles == -1).all()


def test_mirrored_exchanges_left_and_right_and_twice_is_the_same() -> None:
    one = _one()
    other = mirrored(one, torch.tensor([True]))
    width = one.images.shape[-1]
    right_shoulder, left_shoulder = one.keypoints[0, 2], other.keypoints[0, 5]
    assert left_shoulder.tolist() == pytest.approx([width - 1 - right_shoulder[0].item(), right_shoulder[1].item()])
    assert torch.equal(other.images[..., 0], one.images[..., width - 1])
    again = mirrored(other, torch.tensor([True]))
    assert torch.allclose(again.keypoints, one.keypoints) and torch.equal(again.labels, one.labels)
    assert torch.equal(mirrored(one, torch.tensor([False])).images, one.images)


def test_augmented_same_generator_seed_gives_the_same_batch() -> None:
    one = _one()
    first, again = (augmented(one, torch.Generator().manual_seed(4)) for _ in range(2))
    assert torch.equal(first.images, again.images) and torch.equal(first.keypoints, again.keypoints)
    assert first.images.abs().max() <= 1.0


def test_poses_command_writes_the_library(tmp_path: Path) -> None:
    path = tmp_path / "new" / "library.json"
    assert main(["poses", "--output", str(path)]) == 0
    poses = json.loads(path.read_text(encoding="utf-8"))
    assert len(poses) >= 16 and len({pose["name"] for pose in poses}) == len(poses)
    for pose in poses:
        assert pose["title"] and pose["description"] and len(pose["keypoints"]) == 18
    by_name = {pose["name"]: pose["keypoints"] for pose in poses}
    assert by_name["back"][0] is None and by_name["front"][0] is not None
    assert by_name["front"][2][0] < 0 < by_name["front"][5][0]
    right_hip, left_hip = by_name["front"][8], by_name["front"][11]
    assert right_hip[0] == pytest.approx(-left_hip[0], abs=1e-3) and right_hip[1] == pytest.approx(0.0, abs=1e-3)


def test_render_command_writes_pictures_and_a_sheet(tmp_path: Path) -> None:
    arguments = ["--people", "2", "--poses", "1", "--size", "64x48"]
    assert main(["render", *arguments, "--contact-sheet", str(tmp_path / "s.png"), "--output", str(tmp_path)]) == 0
    assert (tmp_path / "s.png").exists() and len(list(tmp_path.glob("person-*.json"))) == 2


def test_render_command_impossible_size_is_a_clear_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "--size", "4x4"]) == 2
    assert "cannot render" in capsys.readouterr().err
