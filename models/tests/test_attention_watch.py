"""Attention kept within softmax's range, and led to where the target's labels are in the source."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from torch import nn

from posemodels.architectures.patch_xing.patch_xing import PatchXing, PatchXingConfig
from posemodels.architectures.xinggan.xinggan import XingGan, XingGanConfig
from posemodels.architectures.xinggan_plus.config import ABLATIONS, XingGanPlusConfig
from posemodels.architectures.xinggan_plus.xinggan_plus import XingGanPlus
from posemodels.data.dataset import PairBatch, held_out_pairs
from posemodels.training.attention_watch import AttentionWatch, guidance_loss, limit_energies

CONFIG = XingGanConfig(width=4, blocks=2, candidates=1, dropout=0.0)


def _network() -> XingGan:
    torch.manual_seed(4)
    return XingGan(CONFIG).train()


def _pass(network: nn.Module, batch: PairBatch) -> None:
    network(batch.source_image, batch.source_pose, batch.target_pose)


def _largest(watch: AttentionWatch) -> float:
    energies = [
        torch.matmul(query.flatten(2).transpose(1, 2), key.flatten(2)).square().mean().sqrt().item()
        for attention in watch.attentions
        for query, key in zip(attention.queries, attention.keys)
    ]
    return max(energies)


def test_energies_beyond_the_limit_are_scaled_down_and_others_left_alone() -> None:
    network, batch = _network(), held_out_pairs(2, (32, 24), 3.0)
    with torch.no_grad():
        network.att[0].query_conv.weight.mul_(1e4)
    untouched = network.att[1].query_conv.weight.clone()
    watch = AttentionWatch(network)
    _pass(network, batch)
    assert _largest(watch) > 50
    limit_energies(watch, 8.0)
    watch.clear()
    _pass(network, batch)
    # Queries and keys are partly alike, so the energies may lie somewhat above the product of their sizes.
    assert _largest(watch) < 30
    assert torch.equal(network.att[1].query_conv.weight, untouched)


def test_a_watched_network_computes_the_same() -> None:
    batch = held_out_pairs(2, (32, 24), 3.0)
    plain, watched = _network(), _network()
    AttentionWatch(watched)
    inputs = batch.source_image, batch.source_pose, batch.target_pose
    assert torch.equal(plain(*inputs), watched(*inputs))


def _guidance(batch: PairBatch, sharpness: float) -> float:
    """Of attention from every position to the same position, as sharp as asked for."""
    network = _network()
    watch = AttentionWatch(network)
    positions = 8 * 6
    here = torch.eye(positions).reshape(1, positions, 8, 6).expand(2, -1, -1, -1)
    for attention in watch.attentions:
        attention.queries.extend([here, here * sharpness])
        attention.keys.extend([here, here])
    return guidance_loss(watch, batch).item()


def test_guidance_is_least_for_attention_to_the_right_labels() -> None:
    batch = held_out_pairs(2, (32, 24), 3.0)
    same = dataclasses.replace(batch, target_labels=batch.source_labels)
    assert _guidance(same, 50.0) < 0.5 * _guidance(same, 0.0)
    assert _guidance(same, 50.0) < _guidance(batch, 50.0)


def test_guidance_reaches_queries_and_keys_of_the_shape_stream() -> None:
    network, batch = _network(), held_out_pairs(2, (32, 24), 3.0)
    watch = AttentionWatch(network)
    _pass(network, batch)
    guidance_loss(watch, batch).backward()
    for name in ("query_conv", "key_conv"):
        gradient = getattr(network.att[1], name).weight.grad
        assert gradient is not None and gradient.abs().sum() > 0


@pytest.mark.parametrize("rung", ABLATIONS)
def test_guidance_reaches_attention_to_pooled_regions(rung: str) -> None:
    batch = held_out_pairs(2, (32, 24), 3.0)
    network = XingGanPlus(XingGanPlusConfig(width=4, blocks=2, candidates=1, dropout=0.0, growth=4, **ABLATIONS[rung]))
    watch = AttentionWatch(network.train())
    _pass(network, batch)
    guidance_loss(watch, batch).backward()
    projections = network.att[1].shape_projections or network.att[1]
    assert projections.query_conv.weight.grad.abs().sum() > 0
    assert projections.key_conv.weight.grad.abs().sum() > 0


def test_guidance_and_limit_reach_the_heads_that_warp() -> None:
    batch = held_out_pairs(2, (32, 24), 3.0)
    network = PatchXing(PatchXingConfig(width=4, blocks=1, candidates=1, heads=2, head_channels=4)).train()
    watch = AttentionWatch(network)
    _pass(network, batch)
    guidance_loss(watch, batch).backward()
    assert all(head.weight.grad.abs().sum() > 0 for head in (*network.warp.query, *network.warp.key))
    with torch.no_grad():
        network.warp.query[1].weight.mul_(1e6)
    before = [head.weight.clone() for head in network.warp.query]
    watch.clear()
    _pass(network, batch)
    limit_energies(watch, 8.0)
    assert torch.equal(network.warp.query[0].weight, before[0])
    assert network.warp.query[1].weight.norm() < 0.1 * before[1].norm()


@pytest.mark.parametrize("training", [True, False])
def test_only_training_passes_are_collected(training: bool) -> None:
    network, batch = _network().train(training), held_out_pairs(2, (32, 24), 3.0)
    watch = AttentionWatch(network)
    _pass(network, batch)
    assert [len(attention.queries) for attention in watch.attentions] == ([2, 2] if training else [0, 0])
    watch.clear()
    assert all(not attention.queries and not attention.keys for attention in watch.attentions)
