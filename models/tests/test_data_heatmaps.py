"""Pose maps against their formula, and decoding as the inverse of drawing."""

from __future__ import annotations

import math

import pytest
import torch

from posemodels.data.heatmaps import decode_heatmaps, gaussian_maps


def test_gaussian_maps_equal_the_formula_everywhere() -> None:
    keypoints = torch.full((1, 18, 2), -1.0)
    keypoints[0, 3] = torch.tensor([10.0, 20.0])
    keypoints[0, 5] = torch.tensor([60.0, 2.0])
    maps = gaussian_maps(keypoints, (64, 48))
    assert maps.shape == (1, 18, 64, 48)
    for joint, (x, y) in ((3, (10, 20)), (5, (60, 2))):
        for row in range(0, 64, 7):
            for column in range(0, 48, 5):
                expected = math.exp(-((row - y) ** 2 + (column - x) ** 2) / (2 * 6.0**2))
                assert maps[0, joint, row, column].item() == pytest.approx(expected, abs=1e-6)
    assert maps[0, 3].max().item() == 1.0


@pytest.mark.parametrize("missing", [(-1.0, -1.0), (-1.0, 12.0), (12.0, -1.0)])
def test_missing_joint_gives_zeros(missing: tuple[float, float]) -> None:
    keypoints = torch.full((1, 18, 2), 30.0)
    keypoints[0, 7] = torch.tensor(missing)
    maps = gaussian_maps(keypoints, (64, 48))
    assert maps[0, 7].abs().max().item() == 0.0
    assert maps[0, 6].max().item() == 1.0


@pytest.mark.parametrize("stride", [1, 2, 4])
def test_decoding_a_drawn_map_finds_the_joint(stride: int) -> None:
    generator = torch.Generator().manual_seed(3)
    keypoints = torch.rand(4, 18, 2, generator=generator) * torch.tensor([80.0, 110.0]) + 8.0
    found, confidence = decode_heatmaps(gaussian_maps(keypoints, (128, 96), 1.5 * stride, stride), stride)
    assert (found - keypoints).norm(dim=-1).max().item() < 0.5 * stride
    assert confidence.min().item() > 0.9


def test_decoding_empty_maps_has_no_confidence() -> None:
    _, confidence = decode_heatmaps(torch.zeros(1, 18, 32, 24), 2)
    assert confidence.max().item() == 0.0
