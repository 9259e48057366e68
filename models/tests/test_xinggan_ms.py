"""The XingGAN++-style generator: each added part against its formula, and without them the base."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import StartsAtZero, initialize_for_short_training
from posemodels.architectures.registry import generator_architecture
from posemodels.architectures.xinggan.xinggan import XingGan, XingGanConfig
from posemodels.architectures.xinggan_plus.config import ABLATIONS, XingGanPlusConfig
from posemodels.architectures.xinggan_plus.stage_fusion import DenseFusion
from posemodels.architectures.xinggan_plus.xinggan_plus import MultiScaleBlock, XingGanPlus
from posemodels.errors import ConfigError
from posemodels.export.graph import ExportedGraph
from posemodels.export.wrapper import export_model
from posemodels.training.config import read_training_config
from posemodels.training.trainer import Trainer
from tests.generators import TINY, TINY_SIZE, example_inputs, tiny
from tests.test_generators import spec
from tests.test_trainer import CONFIGS, config as training_config

VARIANTS: dict[str, dict[str, Any]] = {
    "whole design": {},
    "dense": {"size": TINY_SIZE},
    "dense over queries": {"size": TINY_SIZE, "ea_axis": "queries"},
    "maxima": {"pooling": "max"},
    "a softmax a level": {"ms_merge": "sum"},
    "all positions too": {"size": TINY_SIZE, "include_full": True, "ms_merge": "sum", "ea_mode": "pooled"},
    "as in the base": {"share_qkv": True, "attn_scale": False, "key_norm": False, "local_mixing": False},
    "no place": {"ea_position": False, "ea_grid": (3, 2)},
    "other levels": {"pyramid_bins": [2, 5]},
    "per stage": {"fusion": "per_stage"},
    "base fusion": {"fusion": "base"},
    "no enhancement": {"ea": False},
}


def block(**changes: Any) -> MultiScaleBlock:
    """The second of its generator, whose shape stream has both halves."""
    return tiny("xinggan-plus", **changes).eval().att[1]


def streams(size: tuple[int, int] = (4, 3)) -> tuple[Tensor, Tensor]:
    random = torch.Generator().manual_seed(4)
    return torch.randn(2, 16, *size, generator=random), torch.randn(2, 32, *size, generator=random)


@pytest.mark.parametrize("name", sorted(VARIANTS))
class TestVariant:
    def test_changes_the_image_within_range(self, name: str) -> None:
        generator = tiny("xinggan-plus", **VARIANTS[name]).eval()
        inputs = example_inputs()
        image = generator(**inputs)
        assert image.shape == (2, 3, *TINY_SIZE)
        if VARIANTS[name]:
            assert (image - tiny("xinggan-plus").eval()(**inputs)).abs().max() > 1e-5
        with torch.no_grad():
            for part in (generator.stream1_up, generator.stream2_up, generator.atte_con2):
                for parameter in part.parameters():
                    parameter.mul_(20)
        extreme = generator(**inputs)
        assert extreme.isfinite().all() and extreme.abs().max() <= 1 + 1e-6

    def test_gradient_reaches_every_parameter(self, name: str) -> None:
        generator = tiny("xinggan-plus", **VARIANTS[name])
        generator(**example_inputs()).square().mean().backward()
        assert [key for key, value in generator.named_parameters() if value.grad is None] == []

    def test_exported_graph_gives_the_same_images(self, name: str, tmp_path: Path) -> None:
        generator = tiny("xinggan-plus", **VARIANTS[name]).eval()
        export_model(generator, example_inputs(2), spec("xinggan-plus"), tmp_path)
        graph = ExportedGraph(tmp_path / "model.onnx")
        for batch in (1, 3):
            inputs = example_inputs(batch, seed=batch)
            torch.testing.assert_close(graph(**inputs)[0], generator(**inputs), atol=1e-5, rtol=0)


@pytest.mark.parametrize("norm", ["batch", "instance"])
def test_switched_off_it_is_the_base_with_the_base_weights(norm: str) -> None:
    base = tiny("xinggan", norm=norm).eval()
    assert isinstance(base, XingGan)
    plus = XingGanPlus(XingGanPlusConfig(**TINY["xinggan"], norm=norm, **ABLATIONS["B0"])).eval()
    plus.load_state_dict(base.state_dict())
    inputs = example_inputs()
    torch.testing.assert_close(plus(**inputs), base(**inputs), atol=0, rtol=0)


@pytest.mark.parametrize("fusion", ["dense", "per_stage"])
@pytest.mark.parametrize("start", ["published", "kaiming"])
def test_fusion_starts_as_the_base_fusion(fusion: str, start: str) -> None:
    base = tiny("xinggan").eval()
    plus = XingGanPlus(XingGanPlusConfig(**TINY["xinggan"] | ABLATIONS["B0"] | {"fusion": fusion, "growth": 4})).eval()
    if start == "kaiming":
        initialize_for_short_training(plus, 0.5)
    missing, unexpected = plus.load_state_dict(base.state_dict(), strict=False)
    assert {key.split(".")[0] for key in missing} == {"fusion"} and not unexpected
    inputs = example_inputs()
    torch.testing.assert_close(plus(**inputs), base(**inputs), atol=0, rtol=0)
    # It reads every stage once its zeros are gone.
    with torch.no_grad():
        for part in plus.fusion.modules():
            if isinstance(part, StartsAtZero):
                part.weight.normal_(0, 0.1)
    assert (plus(**inputs) - base(**inputs)).abs().max() > 1e-3


def test_both_starts_keep_the_zeros_and_set_the_gains() -> None:
    generator = XingGanPlus(XingGanPlusConfig(**TINY["xinggan-plus"]))
    zeros = [part for part in generator.modules() if isinstance(part, StartsAtZero)]
    gains = [parameter for name, parameter in generator.named_parameters() if name.endswith(".gamma")]
    assert len(gains) == 4 and len(zeros) == 2 * (2 * 3 + 2) + 3
    for gain in (0.0, 0.5):
        if gain:
            initialize_for_short_training(generator, gain)
        assert all(not part.weight.any() for part in zeros)
        assert [parameter.item() for parameter in gains] == [gain] * 4


def test_market_has_110_keys_for_512_positions_and_rows_of_weights_sum_to_one() -> None:
    settings = XingGanPlusConfig(width=4, size=(128, 64))
    assert (settings.keys, settings.positions) == (110, 512)
    assert settings.enhancement == "dense"
    crossing = block(size=(128, 64))
    seen: list[tuple[Tensor, Tensor]] = []
    weights = crossing.emsa.weights

    def recorded(scores_BPS: Tensor, levels: tuple[int, ...]) -> Tensor:
        seen.append((scores_BPS, weights(scores_BPS, levels)))
        return seen[-1][1]

    crossing.emsa.weights = recorded
    crossing(*streams((32, 16)))
    ((scores, rows),) = seen
    assert scores.shape == rows.shape == (2, 512, 110)
    torch.testing.assert_close(rows.sum(dim=2), torch.ones(2, 512), atol=1e-5, rtol=0)


def test_a_softmax_a_level_averages_what_each_level_attends_to() -> None:
    attention = block(ms_merge="sum").emsa
    scores = torch.randn(1, 6, 10, generator=torch.Generator().manual_seed(0))
    weights = attention.weights(scores, (1, 9))
    torch.testing.assert_close(weights[..., :1], torch.full((1, 6, 1), 0.5))
    torch.testing.assert_close(weights[..., 1:], scores[..., 1:].softmax(dim=-1) / 2)


@pytest.mark.parametrize("share_qkv", [True, False])
def test_crossing_follows_its_formula(share_qkv: bool) -> None:
    crossing = block(ea=False, share_qkv=share_qkv)
    x1, x2 = streams()
    appearance, shape = crossing.conv_block_stream1(x1), crossing.conv_block_stream2(x2)

    def pooled(x_BCHW: Tensor, mix: nn.ModuleDict) -> Tensor:
        levels = [F.adaptive_avg_pool2d(x_BCHW, cells) for cells in (1, 3, 6, 8)]
        levels[1:] = [level + convolution(level) for level, convolution in zip(levels[1:], mix.values())]
        return torch.cat([level.flatten(2) for level in levels], dim=2).transpose(1, 2)

    def updated(stream: Tensor, of_stream: Tensor, of_guide: Tensor, weights: Any, norm: nn.LayerNorm) -> Tensor:
        query = weights.query_conv(stream).flatten(2).transpose(1, 2)
        key = norm(of_guide) @ weights.key_conv.weight.flatten(1).T + weights.key_conv.bias
        value = of_stream @ weights.value_conv.weight.flatten(1).T + weights.value_conv.bias
        rows = (query @ key.transpose(1, 2) / query.shape[2] ** 0.5).softmax(dim=2)
        return stream + weights.gamma * (rows @ value).transpose(1, 2).reshape(stream.shape)

    of_appearance = pooled(appearance, crossing.appearance_pyramid.mix)
    of_shape = pooled(shape, crossing.shape_pyramid.mix)
    own = crossing if share_qkv else crossing.shape_projections
    new_appearance = updated(appearance, of_appearance, of_shape, crossing, crossing.emsa.key_norm)
    new_shape = updated(shape, of_shape, of_appearance, own, crossing.emas.key_norm)
    found = crossing(x1, x2)
    torch.testing.assert_close(found[0], new_appearance, atol=1e-5, rtol=0)
    torch.testing.assert_close(found[1], torch.cat([new_appearance, new_shape], dim=1), atol=1e-5, rtol=0)


@pytest.mark.parametrize("changes", [{}, {"share_qkv": True}, {"size": TINY_SIZE}])
def test_without_gain_a_block_is_its_convolutions(changes: dict[str, Any]) -> None:
    crossing = block(**changes)
    with torch.no_grad():
        for name, parameter in crossing.named_parameters():
            if name.endswith("gamma"):
                parameter.zero_()
    x1, x2 = streams()
    appearance, shape = crossing.conv_block_stream1(x1), crossing.conv_block_stream2(x2)
    found = crossing(x1, x2)
    torch.testing.assert_close(found[0], appearance, atol=0, rtol=0)
    torch.testing.assert_close(found[1], torch.cat([appearance, shape], dim=1), atol=0, rtol=0)


def test_full_size_side_path_has_the_stated_layers() -> None:
    fusion = DenseFusion(256, 10, 64, "batch")
    paths = [*fusion.grow, fusion.collect]
    assert [path[0].weight.shape[:2] for path in paths[::9]] == [(64, 512), (64, 512 + 9 * 64)]
    assert fusion.collect[0].weight.shape[:2] == (256, 640)
    assert sum(path[0].weight.numel() for path in paths) == 675_840
    heads = {name: weight.shape for name, weight in fusion.named_parameters() if name.startswith("to_")}
    assert heads == {
        "to_appearance.weight": (256, 512, 1, 1),
        "to_shape.weight": (256, 256, 1, 1),
        "to_attention.weight": (256, 256, 3, 3),
    }


def test_dense_attention_refuses_another_size_than_its_own() -> None:
    generator = tiny("xinggan-plus", size=(32, 32))
    with pytest.raises(ValueError, match="is for 64 positions and 110 keys, got 12 and 110"):
        generator(**example_inputs())


@pytest.mark.parametrize(
    ("values", "mode"),
    [
        ({}, "pooled"),
        ({"size": (128, 64)}, "dense"),
        ({"size": (256, 176)}, "pooled"),
        ({"size": (256, 176), "ea_dense_positions": 2816}, "dense"),
        ({"size": (128, 64), "ea_mode": "pooled"}, "pooled"),
        ({"ea": False, "ea_mode": "dense"}, None),
    ],
)
def test_enhancement_is_dense_where_the_size_is_known_and_small(values: dict[str, Any], mode: str | None) -> None:
    assert XingGanPlusConfig(**values).enhancement == mode


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"blocks": 0}, "blocks must be a whole number of at least 1"),
        ({"pyramid_bins": (3, 1)}, r"pyramid_bins must go from coarse to fine, got \[3, 1\]"),
        ({"pyramid_bins": (3, 3)}, "pyramid_bins must go from coarse to fine"),
        ({"pyramid_bins": (0, 3)}, "pyramid_bins must be whole numbers of at least 1, got 0"),
        ({"pyramid_bins": 3}, "pyramid_bins must be a list of whole numbers, got 3"),
        ({"pyramid_bins": ()}, "without pyramid_bins include_full is needed"),
        ({"pooling": "median"}, "pooling must be one of average, max, got 'median'"),
        ({"ms_merge": "mean"}, "ms_merge must be one of joint, sum, got 'mean'"),
        ({"fusion": "none"}, "fusion must be one of dense, per_stage, base, got 'none'"),
        ({"ea_mode": "full"}, "ea_mode must be one of auto, dense, pooled"),
        ({"ea_axis": "rows"}, "ea_axis must be one of keys, queries"),
        ({"share_qkv": "no"}, "share_qkv must be true or false, got 'no'"),
        ({"ea_width": 0}, "ea_width must be whole numbers of at least 1, got 0"),
        ({"growth": 1.5}, "growth must be whole numbers of at least 1, got 1.5"),
        ({"ea_grid": (16, 8, 1)}, "ea_grid must be 2 numbers, got 3"),
        ({"size": (130, 64)}, "size must be height and width in multiples of 4"),
        ({"size": (128,)}, "size must be 2 numbers, got 1"),
        ({"ea_mode": "dense"}, "dense enhanced attention needs a size"),
        ({"include_full": True}, "with include_full needs a size"),
        ({"ea_axis": "queries"}, "ea_axis 'queries' needs ea_mode 'dense'"),
    ],
)
def test_impossible_choices_are_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        XingGanPlusConfig(**values)


def test_ladder_climbs_from_the_base_to_the_whole_design() -> None:
    rungs = [XingGanPlusConfig(**TINY["xinggan-plus"] | dict(ABLATIONS[name])) for name in ("B0", "B1", "B2", "B3")]
    assert [(rung.keys, rung.enhancement, rung.fusion) for rung in rungs] == [
        (None, None, "base"),
        (110, None, "base"),
        (110, "pooled", "base"),
        (110, "pooled", "dense"),
    ]
    names = [set(XingGanPlus(rung).state_dict()) for rung in rungs]
    assert names[0] == set(XingGan(XingGanConfig(**TINY["xinggan"])).state_dict())
    assert names[0] < names[1] < names[2] < names[3]


def test_run_through_stages_of_two_sizes_resumes(tmp_path: Path) -> None:
    network = TINY["xinggan-plus"] | {"pyramid_bins": [1, 3], "dropout": 0.0}
    settings = training_config(architecture="xinggan-plus", network=network)
    trainer = Trainer(settings, tmp_path)
    losses = [trainer.train_step() for _ in range(3)]
    assert all(0 < step["loss"] < 1e3 for step in losses)
    trainer.save()
    resumed = Trainer(settings, tmp_path)
    assert resumed.resume()
    assert resumed.train_step() == trainer.train_step()


def test_shipped_configuration_trains_the_base_sizes_on_the_base_losses() -> None:
    base, plus = (read_training_config(CONFIGS / f"{name}.toml") for name in ("xinggan", "xinggan-plus"))
    network = generator_architecture(plus.architecture).config(**plus.network)
    assert isinstance(network, XingGanPlusConfig) and network.size is None
    assert plus.network.items() >= base.network.items()
    assert (plus.data, plus.loss, plus.optimizer) == (base.data, base.loss, base.optimizer)
