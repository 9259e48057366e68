"""RSA-GAN: the numeric checks of its modules, the ablation ladder, and both parsing granularities."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from posemodels.architectures.blocks.layers import initialize_for_short_training
from posemodels.architectures.registry import GENERATORS
from posemodels.architectures.rsa_gan.config import ABLATIONS, RsaGanConfig, rsa_gan_config
from posemodels.architectures.rsa_gan.decoder import NearestDouble
from posemodels.architectures.rsa_gan.fusion import region_tokens, shrink_parsing
from posemodels.architectures.rsa_gan.injection import PoseCorrespondence
from posemodels.architectures.rsa_gan.map_norms import MapNorm
from posemodels.architectures.rsa_gan.regions import RegionPoses, region_table
from posemodels.architectures.rsa_gan.rsa_gan import RsaGan, rsa_gan_inputs
from posemodels.architectures.rsa_gan.style_attention import StyleAttention, StyleIntegration
from posemodels.data.dataset import held_out_pairs
from posemodels.data.heatmaps import gaussian_maps
from posemodels.data.inputs import GeneratorInputs, InputRole
from posemodels.data.skeleton import JOINT_NAMES
from posemodels.data.synthetic import LABEL_NAMES
from posemodels.errors import CheckpointError, ConfigError
from posemodels.export.generator import generator_spec, restore_generator
from posemodels.export.graph import ExportedGraph
from posemodels.export.manifest import ModelSpec
from posemodels.export.wrapper import export_model
from tests.generators import TINY, example_inputs, tiny

EIGHT = {name: [name] for name in LABEL_NAMES}
HANDS = {"background": ["background"], "hands": ["arms"], "rest": [*LABEL_NAMES[1:5], "legs", "shoes"]}


def config(**changes: Any) -> RsaGanConfig:
    return rsa_gan_config(**(TINY["rsa-gan"] | changes))


def rsa_inputs(batch: int = 2, **changes: Any) -> dict[str, Tensor]:
    """Two rendered pairs as the configured generator is fed them: regions and poses that belong together."""
    return rsa_gan_inputs(config(**changes)).of(held_out_pairs(batch, (32, 24), sigma=2.0))


def small_spec(declared: GeneratorInputs) -> ModelSpec:
    return generator_spec(
        declared, name="x", version="0.0.1", architecture="rsa-gan", license="MIT", description="Small.", sigma=2.0
    )


def traced(generator: torch.nn.Module, inputs: dict[str, Tensor]) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    with torch.no_grad():
        generator(**inputs, trace=found.__setitem__)
    return found


class TestRegions:
    def test_refined_regions_sum_to_one(self) -> None:
        regions = traced(tiny("rsa-gan"), rsa_inputs())["regions"]
        torch.testing.assert_close(regions.sum(dim=1), torch.ones(2, 8, 6), atol=1e-5, rtol=0)

    @pytest.mark.parametrize("short_training", [False, True])
    def test_training_begins_with_the_parsing_map(self, short_training: bool) -> None:
        torch.manual_seed(2)
        generator, inputs = RsaGan(config()), rsa_inputs()
        if short_training:
            initialize_for_short_training(generator, 0.5)
        expected = shrink_parsing(inputs["source_parsing"])
        torch.testing.assert_close(traced(generator, inputs)["regions"], expected, atol=1e-3, rtol=0)

    def test_refinement_moves_regions_once_it_has_learnt(self) -> None:
        inputs = rsa_inputs()
        generator = tiny("rsa-gan")
        with torch.no_grad():
            generator.refinement.shift.weight.mul_(50.0)
        regions = traced(generator, inputs)["regions"]
        assert (regions - shrink_parsing(inputs["source_parsing"])).abs().max() > 0.01

    def test_regions_in_another_order_give_the_same_image(self) -> None:
        """Two regions swap places with their weights, embeddings and joints: regions and tokens swap with them."""
        order = [0, 1, 5, 3, 4, 2, 6, 7]
        swapped_table = {LABEL_NAMES[at]: [LABEL_NAMES[at]] for at in order}
        one = tiny("rsa-gan", regions=EIGHT).eval()
        other = RsaGan(config(regions=swapped_table)).eval()
        weights = {name: value.clone() for name, value in one.state_dict().items()}
        channels = torch.cat([torch.arange(8 * at, 8 * at + 8) for at in order])
        for name in ("weight", "bias"):
            weights[f"refinement.compare.{name}"] = weights[f"refinement.compare.{name}"][channels]
            weights[f"refinement.shift.{name}"] = weights[f"refinement.shift.{name}"][order]
            for block in (0, 1):
                key = f"integration.{block}.attention.pose_bias.{name}"
                weights[key] = weights[key][order]
        shift = weights["refinement.shift.weight"]
        weights["refinement.shift.weight"] = torch.cat([shift[:, channels], shift[:, 64:]], dim=1)
        weights["fusion.embedding.weight"] = weights["fusion.embedding.weight"][:, order]
        other.load_state_dict(weights)
        first, second = traced(one, rsa_inputs()), traced(other, rsa_inputs(regions=swapped_table))
        for name in ("regions", "scores0", "scores1"):
            torch.testing.assert_close(second[name], first[name][:, order], atol=2e-5, rtol=1e-4)
        with torch.no_grad():
            torch.testing.assert_close(
                other(**rsa_inputs(regions=swapped_table)), one(**rsa_inputs()), atol=2e-5, rtol=0
            )

    def test_token_is_the_mean_of_its_region_and_an_empty_region_takes_the_mean_of_all(self) -> None:
        semantics = torch.arange(8.0).reshape(1, 1, 2, 4)
        regions = torch.zeros(1, 3, 2, 4)
        regions[0, 0, 0], regions[0, 1, 1] = 1.0, 1.0
        regions[0, 2, 0, 0] = 0.5
        tokens = region_tokens(regions, semantics, empty_mass=1.0)
        assert tokens.shape == (1, 1, 3, 1)
        torch.testing.assert_close(tokens.flatten(), torch.tensor([1.5, 5.5, 3.5]))
        token_of_half = region_tokens(regions, semantics, empty_mass=0.25).flatten()[2]
        assert token_of_half.item() == pytest.approx(0.0, abs=1e-4)


class TestRegionPoses:
    """At 64 x 48: elbow and wrist of the right arm 20 pixels apart, nothing else."""

    def poses(self, **given: tuple[float, float]) -> Tensor:
        points = torch.full((1, 18, 2), -1.0)
        for name, place in given.items():
            points[0, JOINT_NAMES.index(name)] = torch.tensor(place)
        maps = gaussian_maps(points, (64, 48), sigma=3.0)
        return RegionPoses(region_table(HANDS, {}, 18), 18, bone_sigma=0.05)(maps)[0]

    def test_limb_is_found_between_both_its_joints_only(self) -> None:
        both = self.poses(right_elbow=(9.5, 21.5), right_wrist=(33.5, 21.5))
        middle = both[1, 5, 5].item()
        assert middle > 0.8
        assert self.poses(right_elbow=(9.5, 21.5))[1, 5, 5].item() < 0.05
        assert both[1, 12, 5].item() < 0.05

    def test_limb_belongs_to_the_region_that_has_both_its_ends(self) -> None:
        shoulders_to_hips = self.poses(neck=(21.5, 8.0), right_hip=(21.5, 40.0))
        assert shoulders_to_hips[2, 6, 5].item() > 0.8
        assert shoulders_to_hips[1].max().item() == 0.0

    def test_background_is_where_no_region_is(self) -> None:
        poses = self.poses(right_elbow=(9.5, 21.5), right_wrist=(33.5, 21.5))
        torch.testing.assert_close(poses[0], 1 - poses[1:].amax(dim=0))
        assert self.poses()[0].min().item() == 1.0

    def test_order_without_a_neck_has_its_own_channels(self) -> None:
        table = region_table("eight", {}, 17)
        face = table.joints_of[LABEL_NAMES.index("face")]
        assert face == (0, 1, 2, 3, 4)
        assert all(max(ends) < 17 for ends in table.limbs)
        arms = {table.limbs[at] for at in table.limbs_of[LABEL_NAMES.index("arms")]}
        assert arms == {(5, 7), (7, 9), (6, 8), (8, 10)}


def test_matching_a_pose_with_itself_leaves_everything_in_place() -> None:
    torch.manual_seed(4)
    correspondence = PoseCorrespondence(config(width=8))
    pose, carried = torch.randn(2, 32, 8, 6), torch.randn(2, 5, 8, 6)
    with torch.no_grad():
        assert correspondence(pose, pose, carried).shape == (2, 5, 4, 3)
    # Query and key project differently: only one projection for both makes the best match certain.
    correspondence.key.load_state_dict(correspondence.query.state_dict())
    with torch.no_grad():
        torch.testing.assert_close(correspondence(pose, pose, carried), F.avg_pool2d(carried, 2), atol=1e-3, rtol=0)
        shifted = correspondence(pose, pose.roll(2, dims=2), carried)
        torch.testing.assert_close(shifted, F.avg_pool2d(carried.roll(2, dims=2), 2), atol=1e-3, rtol=0)


class TestCrossAttention:
    def parts(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        torch.manual_seed(5)
        return torch.randn(2, 8, 6, 4), torch.randn(2, 8, 8, 1), torch.randn(2, 8, 6, 4), torch.randn(2, 8, 6, 4)

    def test_block_starts_as_the_identity(self) -> None:
        x, tokens, pose, warped = self.parts()
        image, scores = StyleIntegration(config(), 8)(x, tokens, pose, warped)
        torch.testing.assert_close(image, x)
        assert scores.shape == (2, 8, 6, 4)

    def test_scores_are_the_mean_over_heads_with_the_pose_bias(self) -> None:
        x, tokens, pose, warped = self.parts()
        attention = StyleAttention(config(), 8).eval()
        with torch.no_grad():
            _, scores = attention(x, tokens, pose, warped)
            query = attention.query(attention.norm(x)).reshape(2, 2, 4, 24)
            key = attention.key(attention.key_norm(tokens)).reshape(2, 2, 4, 8)
            heads = torch.einsum("bndp,bndk->bnkp", query, key) / 2
            expected = heads.mean(dim=1).reshape(2, 8, 6, 4) + attention.pose_bias(pose)
        torch.testing.assert_close(scores, expected, atol=1e-5, rtol=1e-5)

    def test_gate_lets_between_nothing_and_everything_through(self) -> None:
        x, tokens, pose, warped = self.parts()
        attention = StyleAttention(config(), 8).eval()
        gate = attention.gate[1]
        with torch.no_grad():
            attention.gamma.fill_(1.0)
            gate.weight.zero_()
            gate.bias.fill_(-40.0)
            shut, _ = attention(x, tokens, pose, warped)
            gate.bias.fill_(40.0)
            opened, _ = attention(x, tokens, pose, warped)
            attention.gate = None
            ungated, _ = attention(x, tokens, pose, warped)
        torch.testing.assert_close(shut - x, attention.project.bias.reshape(1, -1, 1, 1).expand_as(x))
        torch.testing.assert_close(opened, ungated)


@pytest.mark.parametrize("kernel", [3, 5, 7])
def test_doubling_before_the_convolution_equals_doubling_after_it(kernel: int) -> None:
    torch.manual_seed(6)
    layer, x = NearestDouble(3, 2, kernel), torch.randn(2, 3, 5, 6)
    doubled = F.interpolate(x, scale_factor=2.0, mode="nearest")
    expected = F.conv2d(doubled, layer.weight, layer.bias, padding=kernel // 2)
    torch.testing.assert_close(layer(x), expected, atol=1e-5, rtol=0)


@pytest.mark.parametrize("axes", [(1,), (1, 2, 3)])
def test_map_norm_equals_the_layer_norm(axes: tuple[int, ...]) -> None:
    torch.manual_seed(7)
    norm, x = MapNorm(5, axes), torch.randn(2, 5, 4, 3) * 3 + 1
    with torch.no_grad():
        norm.weight.normal_()
        norm.bias.normal_()
        if axes == (1,):
            expected = F.layer_norm(x.permute(0, 2, 3, 1), (5,), norm.weight, norm.bias).permute(0, 3, 1, 2)
        else:
            expected = F.group_norm(x, 1, norm.weight, norm.bias)
    torch.testing.assert_close(norm(x), expected, atol=1e-5, rtol=0)


class TestAblations:
    def test_ladder_switches_one_part_on_at_a_time(self) -> None:
        assert list(ABLATIONS) == ["R0", "R1", "R2", "R3", "R4", "R5"]
        assert [sum(switches.values()) for switches in ABLATIONS.values()] == [0, 1, 2, 3, 4, 5]
        assert rsa_gan_config(width=4) == RsaGanConfig(width=4)

    @pytest.mark.parametrize("rung", ABLATIONS)
    @pytest.mark.parametrize("regions", ["eight", "four"])
    def test_every_rung_trains_and_exports(self, rung: str, regions: str, tmp_path: Path) -> None:
        changes = {"ablation": rung, "regions": regions}
        generator, inputs = tiny("rsa-gan", **changes), rsa_inputs(**changes)
        generator(**inputs).square().mean().backward()
        assert [name for name, value in generator.named_parameters() if value.grad is None] == []
        declared = rsa_gan_inputs(config(**changes))
        assert (InputRole.SOURCE_PARSING in declared.roles) == (rung != "R0")
        manifest = export_model(generator.eval(), inputs, small_spec(declared), tmp_path)
        expected_labels = {"eight": list(LABEL_NAMES), "four": ["background", "skin", "clothes", "hair"]}[regions]
        assert manifest["labels"] == (None if rung == "R0" else expected_labels)
        more = rsa_inputs(3, **changes)
        with torch.no_grad():
            torch.testing.assert_close(
                ExportedGraph(tmp_path / "model.onnx")(**more)[0], generator(**more), atol=2e-5, rtol=0
            )

    def test_later_rungs_contain_the_earlier_ones(self) -> None:
        keys = [set(RsaGan(config(ablation=rung)).state_dict()) for rung in ("R0", "R1", "R2", "R3", "R4", "R5")]
        assert keys[0] == keys[1]
        assert {key.split(".")[0] for key in keys[2] - keys[1]} == {"refinement"}
        assert {key.split(".")[0] for key in keys[3] - keys[2]} == {"correspondence"}
        assert {key.split(".")[0] for key in keys[4] - keys[3]} == {"integration", "token_attention"}
        assert all(".gate." in key for key in keys[5] - keys[4])

    def test_a_switch_comes_before_its_rung(self) -> None:
        settings = rsa_gan_config("R4", gate=True)
        assert settings == RsaGanConfig()

    @pytest.mark.parametrize(
        "changes", [{"decoder_start": "pose"}, {"injection": False}, {"norm": "batch"}, {"regions": HANDS}]
    )
    def test_other_choices_run_and_matter(self, changes: dict[str, Any]) -> None:
        generator = tiny("rsa-gan", **changes).eval()
        inputs = rsa_inputs(**changes)
        with torch.no_grad():
            image = generator(**inputs)
            moved = generator(**(inputs | {"source_parsing": inputs["source_parsing"].roll(1, dims=1)}))
        assert image.shape == (2, 3, 32, 24)
        assert (image - moved).abs().max() > 1e-3

    def test_decoder_may_read_the_colours_that_the_correspondence_brings(self, tmp_path: Path) -> None:
        """They are the ones that the loss is told of, and whatever else the picture shows is left as it was."""
        generator, inputs = tiny("rsa-gan", decoder_colors=True).eval(), rsa_inputs()
        seen: list[Tensor] = []
        generator.decoder.paint.register_forward_hook(lambda _, given, __: seen.append(given[0]))
        warped = traced(generator, inputs)["warped_image"]
        with torch.no_grad():
            image = generator(**inputs)
            colors = F.interpolate(warped, scale_factor=2.0, mode="bilinear", align_corners=False)
            colors = F.interpolate(colors, scale_factor=4.0, mode="bilinear", align_corners=False)
            torch.testing.assert_close(seen[-1][:, -3:], colors, atol=1e-5, rtol=0)
        export_model(generator, inputs, small_spec(rsa_gan_inputs(config())), tmp_path)
        torch.testing.assert_close(ExportedGraph(tmp_path / "model.onnx")(**inputs)[0], image, atol=2e-5, rtol=0)

    def test_keys_may_be_cells_of_a_pyramid(self, tmp_path: Path) -> None:
        """They are no regions: the pose favours none of them, and no loss asks which label they have."""
        generator, inputs = tiny("rsa-gan", attention_keys="pixels", pyramid_bins=[1, 3]).eval(), rsa_inputs()
        assert "scores0" not in traced(generator, inputs)
        export_model(generator, inputs, small_spec(rsa_gan_inputs(config())), tmp_path)
        with torch.no_grad():
            expected = generator(**inputs)
        torch.testing.assert_close(ExportedGraph(tmp_path / "model.onnx")(**inputs)[0], expected, atol=2e-5, rtol=0)

    def test_parsing_map_is_asked_for_exactly_where_it_is_used(self) -> None:
        inputs = rsa_inputs()
        with pytest.raises(ValueError, match="source_parsing is given, but parsing is off"):
            tiny("rsa-gan", ablation="R0")(**inputs)
        del inputs["source_parsing"]
        with pytest.raises(ValueError, match="source_parsing is missing"):
            tiny("rsa-gan")(**inputs)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"width": 0}, "width must be a whole number of at least 1, got 0"),
        ({"match_temperature": 0.0}, r"match_temperature must be in \(0, 1\], got 0.0"),
        ({"attention_heads": 3}, "3 attention_heads do not divide 256 channels"),
        ({"attention_keys": "words"}, "attention_keys must be 'regions' or 'pixels', got 'words'"),
        ({"pyramid_bins": []}, "pyramid_bins must be whole numbers"),
        ({"decoder_start": "noise"}, "decoder_start must be 'style' or 'pose'"),
        ({"decoder_kernel": 4}, "decoder_kernel must be odd, got 4"),
        ({"decoder_semantic_blocks": 9}, "decoder_semantic_blocks must be within decoder_blocks, got 9"),
        ({"keypoints": 25}, r"keypoints must be one of \[17, 18\], got 25"),
        ({"norm": "layer"}, "norm must be 'batch' or 'instance', got 'layer'"),
        ({"parsing": 1}, "parsing must be true or false, got 1"),
        ({"parsing": False}, "refinement needs parsing"),
        ({"cross_attention": False}, "gate needs cross_attention"),
        ({"injection": False, "decoder_colors": True}, "decoder_colors needs injection"),
        ({"ablation": "R6"}, "ablation must be one of R0, R1, R2, R3, R4, R5, got 'R6'"),
        ({"regions": "twenty"}, "regions must be a table or one of eight, four, got 'twenty'"),
        ({"regions": {"background": ["background"]}}, "every label of background, hair"),
        ({"joints": {"arms": ["right_hand"]}}, "joints names what is no label or joint of ours: right_hand"),
    ],
)
def test_impossible_choices_are_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        rsa_gan_config(**values)


def test_size_must_divide_by_the_matching_grid() -> None:
    with pytest.raises(ValueError, match="source_image must be B x 3 x H x W with H and W multiples of 8"):
        tiny("rsa-gan")(**example_inputs(1, (32, 20), name="rsa-gan"))


def test_published_checkpoint_is_refused_because_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "net.pth"
    torch.save({"model.x": torch.zeros(1)}, path)
    with pytest.raises(CheckpointError, match="no weights of rsa-gan are published"):
        restore_generator(path, "rsa-gan")


def test_full_size_has_four_times_the_base_width() -> None:
    generator = GENERATORS["rsa-gan"].build(RsaGanConfig())
    assert generator.fusion.fuse.weight.shape == (256, 256 + 64 + 256, 1, 1)
    assert generator.correspondence.query.weight.shape == (128, 256, 1, 1)
    assert generator.injection.blocks[0].norm1.read.weight.shape == (128, 256, 3, 3)
    assert generator.integration[1].feed_forward.first[0].weight.shape == (512, 256, 1, 1)
    assert generator.decoder.up[0].weight.shape == (128, 256, 5, 5)
