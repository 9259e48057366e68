"""The optimiser: what its two kinds of steps do, and that a stored state continues the same run."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from posemodels.training.muon import Muon, orthogonalised


@pytest.mark.parametrize("shape", [(8, 24), (24, 8), (16, 16)])
def test_singular_values_come_close_to_one(shape: tuple[int, int]) -> None:
    matrix = torch.randn(*shape, generator=torch.Generator().manual_seed(3))
    values = torch.linalg.svdvals(orthogonalised(matrix))
    assert 0.6 < values.min() and values.max() < 1.3


def test_orthogonalised_keeps_the_singular_directions() -> None:
    matrix = torch.randn(6, 10, generator=torch.Generator().manual_seed(4))
    left, _, right = torch.linalg.svd(matrix, full_matrices=False)
    turned = left.T @ orthogonalised(matrix) @ right.T
    assert (turned - torch.diag(turned.diagonal())).abs().max() < 1e-4


def test_vectors_move_as_adam_moves_them() -> None:
    ours, theirs = nn.Parameter(torch.tensor([1.0, -2.0, 3.0])), nn.Parameter(torch.tensor([1.0, -2.0, 3.0]))
    muon, adam = Muon([ours], 0.01), torch.optim.Adam([theirs], 0.01, betas=(0.9, 0.99))
    for step in range(5):
        for parameter, optimizer in ((ours, muon), (theirs, adam)):
            optimizer.zero_grad(set_to_none=True)
            ((parameter - step) ** 3).sum().backward()
            optimizer.step()
    assert torch.allclose(ours, theirs, atol=1e-6)


def _steps(weight: nn.Parameter, optimizer: Muon, first: int, last: int) -> None:
    for step in range(first, last):
        optimizer.zero_grad(set_to_none=True)
        (weight * torch.sin(torch.arange(48.0).reshape(weight.shape) + step)).pow(2).sum().backward()
        optimizer.step()


def test_a_stored_state_continues_the_same_run() -> None:
    start = torch.randn(4, 3, 2, 2, generator=torch.Generator().manual_seed(5))
    whole = nn.Parameter(start.clone())
    _steps(whole, Muon([whole], 0.02), 0, 6)
    halves = nn.Parameter(start.clone())
    first = Muon([halves], 0.02)
    _steps(halves, first, 0, 3)
    second = Muon([halves], 0.02)
    second.load_state_dict(first.state_dict())
    _steps(halves, second, 3, 6)
    assert torch.equal(whole, halves)


def test_a_matrix_moves_by_the_learning_rate_whatever_its_gradient() -> None:
    moved = []
    for scale in (1e-3, 1e3):
        weight = nn.Parameter(torch.zeros(8, 8))
        (weight * torch.eye(8) * scale).sum().backward()
        Muon([weight], 0.01).step()
        moved.append(weight.detach().pow(2).mean().sqrt().item())
    assert moved[0] == pytest.approx(moved[1], rel=1e-3)
    assert moved[0] == pytest.approx(0.01 * 0.2, rel=0.3)
