"""Figures that are reported, against values worked out otherwise."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from scipy.ndimage import gaussian_filter

from posemodels.evaluation.metrics import l1, psnr, ssim
from posemodels.training.losses import GeneratorLoss, ImagePool, adversarial_loss, gradient_loss, pixel_loss
from posemodels.training.config import LossConfig


def images(seed: int, shape: tuple[int, ...] = (2, 3, 40, 24)) -> torch.Tensor:
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed)) * 2 - 1


def reference_ssim(first: np.ndarray, second: np.ndarray) -> float:
    """The published formula on the 8-bit scale, one channel at a time, with SciPy's Gaussian filter."""

    def blur(image: np.ndarray) -> np.ndarray:
        return gaussian_filter(image, 1.5, truncate=3.5)[5:-5, 5:-5]

    values = []
    for x, y in zip((first + 1) * 127.5, (second + 1) * 127.5):
        mean_x, mean_y = blur(x), blur(y)
        variance_x, variance_y = blur(x * x) - mean_x**2, blur(y * y) - mean_y**2
        covariance = blur(x * y) - mean_x * mean_y
        c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
        numerator = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
        values.append((numerator / ((mean_x**2 + mean_y**2 + c1) * (variance_x + variance_y + c2))).mean())
    return float(np.mean(values))


def test_ssim_is_that_of_the_8_bit_scale() -> None:
    # Not invariant under shifts: on [-1, 1] the same formula gives other values.
    first, second = images(1), 0.7 * images(1) + 0.3 * images(2)
    found = ssim(first, second)
    for index in range(len(first)):
        expected = reference_ssim(first[index].double().numpy(), second[index].double().numpy())
        assert found[index].item() == pytest.approx(expected, abs=1e-4)


def test_ssim_of_an_image_with_itself_is_one() -> None:
    torch.testing.assert_close(ssim(images(1), images(1)), torch.ones(2))


def test_psnr_and_l1_of_a_known_difference() -> None:
    first = torch.zeros(1, 3, 16, 16)
    second = torch.full_like(first, 0.2)
    assert psnr(first, second).item() == pytest.approx(20.0, abs=1e-4)
    assert l1(first, second).item() == pytest.approx(0.1)


def test_weighted_losses_count_the_person_more() -> None:
    target = torch.zeros(1, 3, 4, 4)
    generated = target.clone()
    generated[..., 0, 0] = 1.0
    weight = torch.ones(1, 1, 4, 4)
    weight[..., 0, 0] = 3.0
    assert pixel_loss(generated, target, weight).item() == pytest.approx(3 / 18)
    assert gradient_loss(generated, target, torch.ones_like(weight)).item() == pytest.approx(2 / 12)


@pytest.mark.parametrize("sigmoid", [True, False])
def test_adversarial_target_is_on_every_element(sigmoid: bool) -> None:
    decision = torch.full((1, 8, 2, 2), 0.25)
    real, fake = (-math.log(0.25), -math.log(0.75)) if sigmoid else (0.75**2, 0.25**2)
    assert adversarial_loss(decision, True, sigmoid).item() == pytest.approx(real)
    assert adversarial_loss(decision, False, sigmoid).item() == pytest.approx(fake)


def test_terms_of_weight_zero_or_switched_off_are_left_out() -> None:
    loss = GeneratorLoss(LossConfig(pixel=2.0, foreground=0.0, perceptual="none"))
    total, parts = loss(torch.zeros(1, 3, 16, 16), torch.ones(1, 3, 16, 16), torch.zeros(1, 1, 16, 16))
    assert total.item() == pytest.approx(2.0)
    assert set(parts) == {"pixel"}


def test_pool_fills_first_and_then_mixes() -> None:
    pool = ImagePool(2, torch.Generator().manual_seed(1))
    first = torch.arange(2.0).reshape(2, 1, 1, 1)
    assert torch.equal(pool.exchange(first), first)
    later = torch.cat([pool.exchange(torch.full((1, 1, 1, 1), float(value))) for value in range(2, 42)])
    old = (later.flatten() != torch.arange(2.0, 42.0)).sum().item()
    assert 8 < old < 32
    empty = ImagePool(0, torch.Generator())
    assert torch.equal(empty.exchange(first), first)
