"""Pooled tokens: the cells, their order, what mixing adds."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from posemodels.architectures.blocks.token_pyramid import Pooling, TokenPyramid, pooling_matrix

BINS = (1, 3, 6, 8)


def pyramid(pooling: Pooling = "average", local_mixing: bool = False, include_full: bool = False) -> TokenPyramid:
    return TokenPyramid(4, BINS, pooling, local_mixing, include_full)


@pytest.mark.parametrize("size", [(32, 16), (64, 44), (16, 12), (5, 4)])
@pytest.mark.parametrize("pooling", ["average", "max"])
def test_cells_are_those_of_adaptive_pooling(pooling: Pooling, size: tuple[int, int]) -> None:
    x_BCHW = torch.randn(2, 4, *size, generator=torch.Generator().manual_seed(0))
    pool = F.adaptive_avg_pool2d if pooling == "average" else F.adaptive_max_pool2d
    expected = torch.cat([pool(x_BCHW, cells).flatten(2) for cells in BINS], dim=2)
    tokens_BCS = pyramid(pooling)(x_BCHW)
    assert tokens_BCS.shape == (2, 4, 110)
    torch.testing.assert_close(tokens_BCS, expected, atol=1e-6, rtol=0)


def test_positions_come_last_where_asked_for() -> None:
    x_BCHW = torch.randn(2, 4, 6, 5, generator=torch.Generator().manual_seed(0))
    tokens = pyramid(include_full=True)
    assert tokens.level_sizes(30) == (1, 9, 36, 64, 30)
    torch.testing.assert_close(tokens(x_BCHW)[:, :, 110:], x_BCHW.flatten(2), atol=0, rtol=0)


def test_mixing_starts_as_plain_pooling_and_reaches_neighbours_from_three_cells_on() -> None:
    x_BCHW = torch.randn(2, 4, 16, 12, generator=torch.Generator().manual_seed(0))
    plain, mixed = pyramid()(x_BCHW), pyramid(local_mixing=True)
    torch.testing.assert_close(mixed(x_BCHW), plain, atol=0, rtol=0)
    with torch.no_grad():
        for convolution in mixed.mix.values():
            convolution.weight[:, 0, 1, 0] = 1.0
    with_left_neighbour = mixed(x_BCHW)
    torch.testing.assert_close(with_left_neighbour[:, :, :1], plain[:, :, :1])
    grid, before = with_left_neighbour[:, :, 10:46].reshape(2, 4, 6, 6), plain[:, :, 10:46].reshape(2, 4, 6, 6)
    torch.testing.assert_close(grid, before + F.pad(before, (1, 0))[..., :-1])


def test_mixing_costs_nine_weights_a_channel_and_level() -> None:
    parameters = TokenPyramid(256, BINS, "average", True, False).parameters()
    assert [weight.numel() for weight in parameters] == [2304, 2304, 2304]


def test_a_matrix_first_needed_in_inference_mode_serves_training() -> None:
    pooling_matrix.cache_clear()
    weight = torch.ones(1, 1, 12, requires_grad=True)
    with torch.inference_mode():
        pooling_matrix(((2, 2),), 4, 3)
    torch.matmul(weight, pooling_matrix(((2, 2),), 4, 3)).sum().backward()
    assert weight.grad is not None
