"""Enhanced attention: its formula, its symmetries, what ties it to a size."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from posemodels.architectures.blocks.attention import attend
from posemodels.architectures.xinggan_plus.enhanced_attention import DenseEnhancement, PooledEnhancement, standardized

HEIGHT, WIDTH, KEYS = 8, 6, 10
POSITIONS = HEIGHT * WIDTH


def enhancement(mode: str) -> DenseEnhancement | PooledEnhancement:
    """With random weights everywhere, so that nothing cancels."""
    torch.manual_seed(1)
    module: DenseEnhancement | PooledEnhancement
    if mode == "pooled":
        module = PooledEnhancement(KEYS, 5, (4, 4))
    else:
        module = DenseEnhancement(POSITIONS, KEYS, 5, True, "queries" if mode == "dense over queries" else "keys")
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.3)
    return module


def random(*shape: int, seed: int = 2) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("mode", ["dense", "pooled"])
def test_correction_follows_its_formula(mode: str) -> None:
    module = enhancement(mode)
    scores_PS = random(POSITIONS, KEYS)
    columns_SP = scores_PS.T
    inner = module.consensus
    if mode == "dense":
        summary, value = columns_SP, module.value_norm(columns_SP)
    else:
        summary = F.adaptive_avg_pool2d(columns_SP.reshape(KEYS, HEIGHT, WIDTH), (4, 4)).flatten(1)
        spread = columns_SP.var(dim=1, unbiased=False, keepdim=True)
        value = (columns_SP - columns_SP.mean(dim=1, keepdim=True)) / (spread + 1e-5).sqrt()
    reduced = inner.reduce_norm(inner.reduce(summary)) + inner.position
    agreed = (inner.to_query(reduced) @ inner.to_key(reduced).T / 5**0.5).softmax(dim=1) @ value
    if mode == "dense":
        correction = agreed + agreed @ module.project.weight.T + module.project.bias
    else:
        maps = agreed.reshape(KEYS, 1, HEIGHT, WIDTH)
        correction = (maps + F.conv2d(maps, module.smooth.weight, padding=1)).flatten(1)
    found = module(scores_PS[None], HEIGHT, WIDTH)
    torch.testing.assert_close(found[0], scores_PS + correction.T, atol=1e-5, rtol=0)


@pytest.mark.parametrize("mode", ["dense", "pooled"])
def test_order_of_the_keys_does_not_matter(mode: str) -> None:
    module = enhancement(mode)
    query_BDP, key_BDS, value_BCS = random(2, 4, POSITIONS), random(2, 4, KEYS, seed=3), random(2, 3, KEYS, seed=4)

    def attended(key: Tensor, value: Tensor) -> Tensor:
        return attend(query_BDP, key, value, enhance=lambda scores_BPS: module(scores_BPS, HEIGHT, WIDTH))

    expected = attended(key_BDS, value_BCS)
    order = torch.randperm(KEYS, generator=torch.Generator().manual_seed(5))
    assert (attended(key_BDS[..., order], value_BCS[..., order]) - expected).abs().max() > 1e-3
    with torch.no_grad():
        module.consensus.position.copy_(module.consensus.position[order].clone())
    torch.testing.assert_close(attended(key_BDS[..., order], value_BCS[..., order]), expected, atol=1e-5, rtol=0)


def test_constant_column_has_standardised_value_zero() -> None:
    columns = torch.stack([torch.full((POSITIONS,), 3.7), random(POSITIONS)])
    values = standardized(columns)
    assert values[0].abs().max() < 1e-3
    assert values[1].mean().abs() < 1e-6
    assert values[1].var(unbiased=False).item() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("mode", ["dense", "pooled", "dense over queries"])
def test_scores_without_any_difference_stay_finite(mode: str) -> None:
    module = enhancement(mode)
    scores = torch.zeros(1, POSITIONS, KEYS, requires_grad=True)
    enhanced = module(scores, HEIGHT, WIDTH)
    enhanced.square().sum().backward()
    assert enhanced.isfinite().all() and scores.grad is not None and scores.grad.isfinite().all()


def test_rows_consult_each_other_where_the_axis_is_queries() -> None:
    over_keys, over_queries = enhancement("dense"), enhancement("dense over queries")
    assert over_keys.consensus.position.shape == (KEYS, 5)
    assert over_queries.consensus.position.shape == (POSITIONS, 5)
    scores = random(2, POSITIONS, KEYS)
    assert over_queries(scores, HEIGHT, WIDTH).shape == scores.shape


def test_pooled_takes_any_size_and_dense_refuses_another() -> None:
    scores = random(2, 20, KEYS)
    assert enhancement("pooled")(scores, 5, 4).shape == scores.shape
    with pytest.raises(ValueError, match="is for 48 positions and 10 keys, got 20 and 10"):
        enhancement("dense")(scores, 5, 4)
    with pytest.raises(ValueError, match="is for 20 positions and 10 keys, got 20 and 11"):
        enhancement("pooled")(random(2, 20, KEYS + 1), 5, 4)


def test_dense_has_a_weight_for_every_pair_of_positions() -> None:
    module = DenseEnhancement(512, 110, 64, True, "keys")
    assert module.project.weight.numel() == 262_144
    assert module.consensus.reduce.weight.shape == (64, 512)
    assert PooledEnhancement(110, 64, (16, 8)).consensus.reduce.weight.shape == (64, 128)
