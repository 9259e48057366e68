"""The generator of ours: patches of the source arrive whole where attention sends them."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from posemodels.architectures.patch_xing.patch_xing import PatchWarp, PatchXing, PatchXingConfig
from posemodels.errors import ConfigError


def _image(height: int, width: int, seed: int = 1) -> Tensor:
    return torch.rand(2, 3, height, width, generator=torch.Generator().manual_seed(seed)) * 2 - 1


def _warp_that_matches_positions(positions: int) -> PatchWarp:
    """Queries and keys are the features themselves, made so sharp that each query meets one key."""
    warp = PatchWarp(positions, positions, heads=1, head_channels=positions)
    with torch.no_grad():
        for layer in (warp.query[0], warp.key[0]):
            assert isinstance(layer, nn.Conv2d) and layer.bias is not None
            layer.weight.copy_(torch.eye(positions).reshape(positions, positions, 1, 1))
            layer.bias.zero_()
        warp.query[0].weight.mul_(1000.0)
    return warp


@pytest.mark.parametrize("size", [(16, 12), (8, 24)])
def test_attention_to_the_same_place_gives_back_the_source(size: tuple[int, int]) -> None:
    height, width = size[0] // 4, size[1] // 4
    places = torch.eye(height * width).reshape(1, -1, height, width).expand(2, -1, -1, -1)
    image = _image(*size)
    assert torch.allclose(_warp_that_matches_positions(height * width)(places, places, image), image, atol=1e-5)


def test_attention_to_the_neighbour_moves_the_source_by_one_cell() -> None:
    height, width = 4, 6
    places = torch.eye(height * width).reshape(1, -1, height, width).expand(2, -1, -1, -1)
    image = _image(16, 24)
    moved = _warp_that_matches_positions(height * width)(places.roll(-1, dims=3), places, image)
    inner = (..., slice(2, -2), slice(2, -6))
    assert torch.allclose(moved[inner], image.roll(-4, dims=3)[inner], atol=1e-5)


def test_every_head_has_an_image_of_its_own() -> None:
    torch.manual_seed(2)
    warp = PatchWarp(8, 6, heads=3, head_channels=4)
    images = warp(torch.randn(2, 8, 4, 3) * 4, torch.randn(2, 6, 4, 3) * 4, _image(16, 12))
    assert images.shape == (2, 9, 16, 12)
    assert images.abs().max() <= 1.0 + 1e-5
    first, second, third = images.chunk(3, dim=1)
    assert not torch.allclose(first, second, atol=1e-2) and not torch.allclose(second, third, atol=1e-2)


def test_weights_of_the_blended_images_sum_to_one() -> None:
    torch.manual_seed(3)
    network = PatchXing(PatchXingConfig(width=4, blocks=1, candidates=2, heads=3, head_channels=4)).eval()
    traced: dict[str, Tensor] = {}
    network(_image(16, 12), torch.rand(2, 18, 16, 12), torch.rand(2, 18, 16, 12), trace=traced.__setitem__)
    assert traced["weights"].shape == (2, 2 + 3 + 1, 16, 12) and traced["warped"].shape == (2, 9, 16, 12)
    assert torch.allclose(traced["weights"].sum(dim=1), torch.ones(2, 16, 12), atol=1e-5)


@pytest.mark.parametrize("wrong", [{"heads": 0}, {"head_channels": -1}, {"norm": "layer"}, {"width": 1}])
def test_impossible_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        PatchXingConfig(**wrong)  # type: ignore[arg-type]
