"""XingGAN against the facts of its release."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from posemodels.architectures.blocks.layers import DoubleSize, PointwiseTransposed
from posemodels.architectures.xinggan.discriminator import Discriminator
from posemodels.architectures.xinggan.published import config_of_weights
from posemodels.architectures.xinggan.xinggan import XingGan, XingGanConfig, blend
from posemodels.errors import CheckpointError, ConfigError
from tests.generators import example_inputs, tiny


@pytest.mark.parametrize(("norm", "entries", "parameters"), [("batch", 317, 44_853_189), ("instance", 167, 44_844_634)])
def test_full_size_has_the_published_layout(norm: str, entries: int, parameters: int) -> None:
    generator = XingGan(XingGanConfig(norm=norm))
    state = generator.state_dict()
    assert len(state) == entries
    assert sum(value.numel() for value in generator.parameters()) == parameters
    assert state["att.8.conv_block_stream2.6.weight"].shape == (256, 512, 3, 3)
    assert state["x2_con.weight"].shape == (512, 256, 1, 1)
    assert ("atte_con2.bias" in state) == (norm == "instance")
    assert config_of_weights(state) == XingGanConfig(norm=norm)


@pytest.mark.parametrize(
    ("norm", "entries", "shape_parameters", "appearance_parameters"),
    [("batch", 54, 3_977_408, 3_930_368), ("instance", 18, 3_975_424, 3_928_384)],
)
def test_discriminators_have_the_published_layout(
    norm: str, entries: int, shape_parameters: int, appearance_parameters: int
) -> None:
    for channels, expected in ((21, shape_parameters), (6, appearance_parameters)):
        network = Discriminator(channels, norm=norm, sigmoid=norm == "batch")
        assert len(network.state_dict()) == entries
        assert sum(value.numel() for value in network.parameters()) == expected
    with torch.no_grad():
        assert Discriminator(21, width=4)(torch.zeros(2, 21, 128, 64)).shape == (2, 16, 32, 16)


def test_layout_without_dropout_moves_the_second_convolution() -> None:
    state = XingGan(XingGanConfig(width=4, blocks=1, dropout=None)).state_dict()
    assert "att.0.conv_block_stream1.5.weight" in state
    assert config_of_weights(state).dropout is None


@pytest.mark.parametrize("change", ["gamma", "swapped projections", "swapped poses"])
def test_a_wrong_variant_is_visible(change: str) -> None:
    generator, inputs = tiny("xinggan").eval(), example_inputs()
    image = generator(**inputs)
    with torch.no_grad():
        for block in generator.att:
            if change == "gamma":
                block.gamma.zero_()
            elif change == "swapped projections":
                block.query_conv, block.key_conv = block.key_conv, block.query_conv
    if change == "swapped poses":
        inputs["source_pose"], inputs["target_pose"] = inputs["target_pose"], inputs["source_pose"]
    assert (generator(**inputs) - image).abs().max() > 1e-3


def test_published_start_leaves_attention_without_effect() -> None:
    assert all(block.gamma.item() == 0 for block in XingGan(XingGanConfig(width=4, blocks=3)).att)


@pytest.mark.parametrize("bias", [True, False])
def test_doubling_equals_the_transposed_convolution(bias: bool) -> None:
    torch.manual_seed(0)
    layer = DoubleSize(3, 5, bias)
    x = torch.randn(2, 3, 6, 7)
    expected = F.conv_transpose2d(x, layer.weight, layer.bias, stride=2, padding=1, output_padding=1)
    torch.testing.assert_close(layer(x), expected, atol=1e-5, rtol=0)


def test_pointwise_equals_the_transposed_convolution() -> None:
    layer = PointwiseTransposed(3, 5, True)
    x = torch.randn(2, 3, 4, 4)
    torch.testing.assert_close(layer(x), F.conv_transpose2d(x, layer.weight, layer.bias), atol=1e-6, rtol=0)


def test_blend_takes_streams_in_order_and_the_source_last() -> None:
    first = torch.full((1, 3, 4, 4), 0.1)
    second = torch.full((1, 3, 4, 4), 0.2)
    source = torch.full((1, 3, 4, 4), 0.3)
    weights = torch.tensor([0.5, 0.3, 0.2]).reshape(1, 3, 1, 1).expand(1, 3, 4, 4)
    torch.testing.assert_close(blend(first, second, source, weights), torch.full((1, 3, 4, 4), 0.05 + 0.06 + 0.06))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"width": 1}, "width must be at least 2"),
        ({"blocks": 0}, "blocks must be a whole number of at least 1, got 0"),
        ({"norm": "layer"}, "norm must be 'batch' or 'instance', got 'layer'"),
        ({"dropout": 1.0}, "dropout must be in"),
    ],
)
def test_impossible_sizes_are_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        XingGanConfig(**values)


def test_weights_of_something_else_are_named() -> None:
    with pytest.raises(CheckpointError, match="not a XingGAN checkpoint: it has no stream1_down.1.weight"):
        config_of_weights({"features.0.weight": torch.zeros(1)})
