"""The figures of the protocol, against values worked out by hand or in closed form."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
import torch
from torch import Tensor

from posemodels.architectures.perception.parsing_net import ParsingNet
from posemodels.data.patterns import PatternKind
from posemodels.data.synthetic import HELD_OUT_SEEDS, LABEL_NAMES, render_group
from posemodels.evaluation.colors import color_errors, part_colors
from posemodels.evaluation.frechet import Gaussian, frechet_distance
from posemodels.evaluation.held_out import HeldOutPairs, Version
from posemodels.evaluation.metrics import masked_ssim, ssim
from posemodels.evaluation.parsing_features import ParsingFeatures, resized
from posemodels.evaluation.patterns import PATTERNS, PatternPairs, pattern_kept, pattern_pairs, pattern_scores

SIZE = (64, 48)


def _images(seed: int, count: int = 3) -> Tensor:
    return torch.rand(count, 3, 32, 24, generator=torch.Generator().manual_seed(seed)) * 2 - 1


def _covariance(seed: int, size: int) -> np.ndarray:
    factors = np.random.default_rng(seed).normal(size=(size, size + 2))
    return factors @ factors.T


def test_frechet_distance_of_uncorrelated_gaussians_has_a_closed_form() -> None:
    first = Gaussian(np.array([1.0, 2.0]), np.diag([4.0, 9.0]))
    second = Gaussian(np.array([1.0, 5.0]), np.diag([1.0, 16.0]))
    assert frechet_distance(first, second) == pytest.approx(3.0**2 + (2 - 1) ** 2 + (3 - 4) ** 2)


def test_frechet_distance_does_not_depend_on_the_axes_or_the_order() -> None:
    first, second = Gaussian(np.arange(4.0), _covariance(1, 4)), Gaussian(np.ones(4), _covariance(2, 4))
    turn, _ = np.linalg.qr(np.random.default_rng(3).normal(size=(4, 4)))
    turned = [Gaussian(turn @ item.mean, turn @ item.covariance @ turn.T) for item in (first, second)]
    expected = frechet_distance(first, second)
    assert frechet_distance(*turned) == pytest.approx(expected)
    assert frechet_distance(second, first) == pytest.approx(expected)
    assert frechet_distance(first, first) == pytest.approx(0.0, abs=1e-6)


def test_frechet_distance_is_defined_for_fewer_vectors_than_dimensions() -> None:
    vectors = np.random.default_rng(4).normal(size=(5, 12))
    assert frechet_distance(Gaussian.of(vectors), Gaussian.of(vectors + 1.0)) == pytest.approx(12.0)
    with pytest.raises(ValueError, match="at least 2"):
        Gaussian.of(vectors[:1])


def test_masked_ssim_sees_the_mask_alone() -> None:
    truth = _images(1)
    spoilt = truth.clone()
    spoilt[..., :8, :] = _images(2)[..., :8, :]
    below, everywhere = torch.zeros(3, 32, 24), torch.ones(3, 32, 24)
    below[:, 13:] = 1
    torch.testing.assert_close(masked_ssim(spoilt, truth, below), torch.ones(3))
    torch.testing.assert_close(masked_ssim(spoilt, truth, everywhere), ssim(spoilt, truth))
    assert (ssim(spoilt, truth) < 0.95).all()


def test_colors_are_those_of_cielab() -> None:
    # White, black and the red primary of sRGB under D65.
    colors = torch.tensor([[1.0, 1.0, 1.0], [-1.0, -1.0, -1.0], [1.0, -1.0, -1.0]])
    images = colors[:, :, None, None].expand(3, 3, 8, 8)
    found = part_colors(images, torch.full((3, 8, 8), 3))[:, 3]
    expected = torch.tensor([[100.0, 0.0, 0.0], [0.0, 0.0, 0.0], [53.24, 80.09, 67.20]])
    torch.testing.assert_close(found, expected, atol=0.05, rtol=0)


def test_color_errors_are_those_of_parts_that_are_shown() -> None:
    labels = torch.zeros(2, 8, 8, dtype=torch.long)
    labels[:, :4] = LABEL_NAMES.index("arms")
    first, second = torch.zeros(2, 3, 8, 8), torch.zeros(2, 3, 8, 8)
    second[:, :, 4:] = 1.0  # Only the background differs.
    assert color_errors(part_colors(first, labels), part_colors(second, labels)) == {"arms": 0.0}
    second[:, :, :4] = 1.0
    errors = color_errors(part_colors(first, labels), part_colors(second, labels))
    assert errors.keys() == {"arms"} and errors["arms"] == pytest.approx(100 - 53.4, abs=0.5)


def _features() -> ParsingFeatures:
    torch.manual_seed(5)
    return ParsingFeatures(ParsingNet((4, 8, 8, 8)).eval(), (32, 24))


def test_perceptual_distance_is_none_for_the_same_and_grows_with_the_change() -> None:
    features, images = _features(), _images(1)
    assert features.perceptual(images, images).abs().max() == 0
    little, much = (features.perceptual(images, images.lerp(_images(2), share)) for share in (0.1, 0.6))
    assert (0 < little).all() and (little < much).all()


def test_distribution_distance_is_of_the_set_and_not_of_its_order() -> None:
    features, images = _features(), _images(1, 12)
    reference = features.gaussian(images)
    assert features.frechet(images.flip(0), reference) == pytest.approx(0.0, abs=1e-7)
    assert features.frechet(images * 0.3, reference) > 1e-5


def test_images_are_shrunk_by_averaging() -> None:
    checks = torch.ones(1, 3, 64, 48)
    checks[..., ::2, ::2] = checks[..., 1::2, 1::2] = -1.0
    inner = resized(checks, (32, 24))[..., 2:-2, 2:-2]
    assert inner.abs().max() < 0.05


def _striped() -> tuple[Tensor, Tensor, Tensor]:
    """Truth, the same without its stripes, and the region of the top."""
    without = torch.full((1, 3, 16, 16), 0.2)
    stripes = ((torch.arange(16) // 2) % 2).float()[:, None].expand(16, 16)
    color = torch.tensor([0.4, 0.2, -0.1])[:, None, None]
    region = torch.zeros(1, 16, 16, dtype=torch.bool)
    region[:, 4:12, 4:12] = True
    return without + color * stripes * region, without, region


def test_kept_pattern_is_what_lies_in_its_place() -> None:
    truth, without, region = _striped()
    blurred = torch.where(region[:, None], without + (truth - without)[..., 4:12, 4:12].mean((2, 3), True), without)
    beside = torch.where(region[:, None], truth.roll(2, dims=2), without)
    beside[..., 4:12, 4:12] = truth[..., 4:12, 4:12].flip(2)
    for image, kept, strength in (
        (truth, 1.0, 1.0),
        (blurred, 0.0, 0.0),
        (truth.lerp(blurred, 0.5), 0.5, 0.5),
        (beside, -1.0, 1.0),
    ):
        found = pattern_kept(image, truth, without, region)
        assert found[0].item() == pytest.approx(kept, abs=1e-4)
        assert found[1].item() == pytest.approx(strength, abs=1e-4)


def test_what_happens_outside_the_top_or_to_its_mean_colour_is_no_pattern() -> None:
    truth, without, region = _striped()
    spoilt = torch.where(region[:, None], truth + 0.3, torch.rand(truth.shape))
    kept, _ = pattern_kept(spoilt, truth, without, region)
    assert kept.item() == pytest.approx(1.0, abs=1e-4)


@pytest.fixture(scope="module")
def patterned() -> PatternPairs:
    return pattern_pairs(1, SIZE)


def test_patterned_pairs_have_every_pattern_and_differ_from_their_plain_renders_on_the_top(
    patterned: PatternPairs,
) -> None:
    assert patterned.kinds == PATTERNS and PatternKind.PLAIN not in PATTERNS
    outside = patterned.pairs.target_labels == LABEL_NAMES.index("background")
    difference = (patterned.pairs.target_image - patterned.without).abs().sum(dim=1)
    assert (difference > 0.1).flatten(1).any(dim=1).all()
    # Pixels on the outline are shared with the background.
    assert (difference * outside).mean() < 0.1 * difference.mean()


def test_the_truth_keeps_all_of_every_pattern_and_the_plain_render_nothing(patterned: PatternPairs) -> None:
    for score in pattern_scores(patterned.pairs.target_image, patterned).values():
        assert (score.kept, score.strength) == (pytest.approx(1.0, abs=1e-3), pytest.approx(1.0, abs=1e-3))
    assert all(abs(score.kept) < 1e-4 for score in pattern_scores(patterned.without, patterned).values())


def test_dressing_changes_neither_pose_nor_background() -> None:
    seed = HELD_OUT_SEEDS[3]
    as_is = render_group(seed, 2, SIZE)
    red = render_group(seed, 2, SIZE, dress=lambda person: dataclasses.replace(person, shoes=(255.0, 0.0, 0.0)))
    assert np.array_equal(as_is.keypoints, red.keypoints) and np.array_equal(as_is.labels, red.labels)
    background = as_is.labels == 0
    inner = background & (np.abs(as_is.images.astype(int) - red.images).max(axis=-1) == 0)
    assert inner.sum() > 0.97 * background.sum()
    assert (as_is.images != red.images).any()


def test_versions_pair_what_they_say() -> None:
    pairs = HeldOutPairs.render(3, (32, 24))
    transfer, predicted, again, swap = (next(pairs.batches(3.0, version)) for version in Version)
    assert torch.equal(transfer.source_image, pairs.source_image)
    assert torch.equal(predicted.source_image, pairs.source_image)
    assert torch.equal(again.source_image, pairs.target_image) and torch.equal(again.target_image, pairs.target_image)
    assert torch.equal(swap.source_image, pairs.source_image)
    assert torch.equal(swap.target_labels, pairs.next_target(pairs.target_labels))
    assert math.isclose(float(swap.target_image[2].sum()), float(pairs.target_image[0].sum()))
