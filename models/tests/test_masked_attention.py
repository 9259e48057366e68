"""SCAM's attention against its definition, written out in full."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from posemodels.architectures.blocks import attention
from posemodels.architectures.scam.label_maps import resize_nearest
from posemodels.architectures.scam.masked_attention import (
    GatheringAttention,
    LabelMask,
    MaskedTransformer,
    SpreadingAttention,
    TokenAttention,
)
from posemodels.architectures.scam.position_code import PositionCode

HEIGHT, WIDTH, CHANNELS, DIM, ATTENTION = 5, 4, 8, 6, 12
LABEL_OF_TOKEN = torch.tensor([0, 0, 1, 1, 1, 2])


def defined(layers: nn.Module, to: Tensor, source: Tensor, visible: Tensor) -> Tensor:
    """B x to-tokens x channels; keys come from `v_linear`, values from `k_linear`, and logits where nothing is seen
    are -10000."""

    def heads(x: Tensor) -> Tensor:
        return x.reshape(len(x), x.shape[1], layers.heads, -1).permute(0, 2, 1, 3)

    query, key, value = heads(layers.q_linear(to)), heads(layers.v_linear(source)), heads(layers.k_linear(source))
    logits = query @ key.transpose(2, 3) / (ATTENTION / layers.heads) ** 0.5
    weights = torch.where(visible.unsqueeze(1) == 0, torch.tensor(-10000.0), logits).softmax(-1)
    return layers.out((weights @ value).permute(0, 2, 1, 3).flatten(2))


@pytest.fixture
def labels() -> Tensor:
    """Two parsing maps of three labels at twice the size of the feature map; the second has no label 1."""
    areas = torch.randint(3, (2, 2 * HEIGHT, 2 * WIDTH), generator=torch.Generator().manual_seed(1))
    areas[1][areas[1] == 1] = 2
    return nn.functional.one_hot(areas, 3).permute(0, 3, 1, 2).float()


@pytest.fixture
def visible(labels: Tensor) -> Tensor:
    """B x T x L."""
    return resize_nearest(labels, HEIGHT, WIDTH).flatten(2)[:, LABEL_OF_TOKEN]


def randn(*shape: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(sum(shape)))


@pytest.mark.parametrize("heads", [1, 3])
@pytest.mark.parametrize("most", [1, 1 << 20])
class TestAgainstDefinition:
    @pytest.fixture(autouse=True)
    def _chunks(self, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
        torch.manual_seed(0)
        monkeypatch.setattr(attention, "MAX_ENERGY_ELEMENTS", most)

    def test_latents_gather_from_positions_of_their_label(self, heads: int, labels: Tensor, visible: Tensor) -> None:
        layers = GatheringAttention(DIM, CHANNELS, ATTENTION, heads)
        tokens, feature = randn(2, 6, DIM), randn(2, CHANNELS, HEIGHT * WIDTH)
        with torch.no_grad():
            found = layers(tokens, feature, LabelMask(labels, LABEL_OF_TOKEN, HEIGHT, WIDTH))
            expected = defined(layers, tokens, feature.transpose(1, 2), visible)
        torch.testing.assert_close(found, expected, atol=1e-6, rtol=0)

    def test_latents_of_an_absent_label_average_everything(self, heads: int, labels: Tensor) -> None:
        layers = GatheringAttention(DIM, CHANNELS, ATTENTION, heads)
        feature = randn(2, CHANNELS, HEIGHT * WIDTH)
        with torch.no_grad():
            found = layers(randn(1, 6, DIM), feature, LabelMask(labels, LABEL_OF_TOKEN, HEIGHT, WIDTH))
            expected = layers.out(layers.k_linear(feature[1].mean(-1)))
        torch.testing.assert_close(found[1, 2:5], expected.expand(3, DIM), atol=1e-6, rtol=0)

    def test_positions_gather_from_latents_of_their_label(self, heads: int, labels: Tensor, visible: Tensor) -> None:
        layers = SpreadingAttention(CHANNELS, DIM, ATTENTION, heads)
        readouts = (nn.Linear(CHANNELS, CHANNELS), nn.Linear(CHANNELS, 3))
        tokens, feature = randn(2, 6, DIM), randn(2, CHANNELS, HEIGHT * WIDTH)
        with torch.no_grad():
            found = layers(feature, tokens, LabelMask(labels, LABEL_OF_TOKEN, HEIGHT, WIDTH), readouts)
            attended = defined(layers, feature.transpose(1, 2), tokens, visible.transpose(1, 2))
        for part, readout in zip(found, readouts):
            torch.testing.assert_close(part, readout(attended).transpose(1, 2), atol=1e-6, rtol=0)

    def test_latents_gather_from_latents(self, heads: int) -> None:
        layers = TokenAttention(DIM, DIM, ATTENTION, heads)
        tokens = randn(2, 6, DIM)
        visible = (LABEL_OF_TOKEN[:, None] == LABEL_OF_TOKEN).float()
        with torch.no_grad():
            expected = defined(layers, tokens, tokens, visible.expand(2, 6, 6))
            torch.testing.assert_close(layers(tokens, visible == 0), expected, atol=1e-6, rtol=0)


def test_gradients_reach_latents_map_and_every_layer(labels: Tensor) -> None:
    mask = LabelMask(labels, LABEL_OF_TOKEN, HEIGHT, WIDTH)
    tokens, feature = randn(2, 6, DIM).requires_grad_(), randn(2, CHANNELS, HEIGHT * WIDTH).requires_grad_()
    gathering = GatheringAttention(DIM, CHANNELS, ATTENTION, 1)
    spreading = SpreadingAttention(CHANNELS, DIM, ATTENTION, 1)
    (spread,) = spreading(feature, gathering(tokens, feature, mask), mask, [nn.Linear(CHANNELS, 2)])
    spread.square().sum().backward()
    weights = [*gathering.parameters(), *spreading.parameters(), tokens, feature]
    assert all(weight.grad is not None and weight.grad.abs().sum() > 0 for weight in weights)


def test_norms_take_all_latents_of_a_sample_together() -> None:
    torch.manual_seed(0)
    transformer = MaskedTransformer(TokenAttention(DIM, DIM, ATTENTION, 1), 6, DIM)
    with torch.no_grad():
        updated = transformer(10 + 3 * torch.randn(2, 6, DIM), torch.zeros(6, 6, dtype=torch.bool))
    torch.testing.assert_close(updated.mean((1, 2)), torch.zeros(2), atol=1e-5, rtol=0)
    assert updated.mean(2).abs().max() > 0.05


def test_position_code_has_columns_before_rows_and_sines_before_cosines() -> None:
    code = PositionCode(8)(3, 5)[0]
    frequencies = [1.0, 10000 ** (-2 / 4)]
    column, row = torch.linspace(-1, 1, 5)[4], torch.linspace(-1, 1, 3)[1]
    expected = [f(at * w).item() for f in (torch.sin, torch.cos) for at in (column, row) for w in frequencies]
    torch.testing.assert_close(code[:, 1, 4], torch.tensor(expected))


@pytest.mark.parametrize(("old", "new"), [((85, 60), (170, 120)), ((64, 43), (170, 37)), ((5, 7), (5, 7))])
def test_exported_resizing_reads_the_same_pixels(
    old: tuple[int, int], new: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    x = randn(1, 2, *old)
    expected = nn.functional.interpolate(x, size=new, mode="nearest")
    assert torch.equal(resize_nearest(x, *new), expected)
    monkeypatch.setattr(torch.onnx, "is_in_onnx_export", lambda: True)
    assert torch.equal(resize_nearest(x, *new), expected)
