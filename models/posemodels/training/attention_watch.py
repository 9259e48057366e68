"""What training sees of attention: the queries and keys of every crossing and every warping head in the latest pass.

What the modules compute is not touched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.attention import attend
from posemodels.architectures.blocks.layers import static_size
from posemodels.architectures.blocks.token_pyramid import TokenPyramid, pooling_matrix
from posemodels.architectures.patch_xing.patch_xing import PatchWarp
from posemodels.architectures.xinggan.xinggan import XingBlock
from posemodels.architectures.xinggan_plus.xinggan_plus import MultiScaleBlock
from posemodels.data.dataset import PairBatch
from posemodels.data.synthetic import LABEL_NAMES

_CELL = 4
_FOREGROUND_WEIGHT = 4.0


@dataclass
class WatchedAttention:
    """One pair of projections and what came out of it since the last `clear`, in calling order.

    Queries are B x D x h x w. Keys are too, or B x D x S x 1 where S pooled regions are attended to.
    """

    query_conv: nn.Conv2d
    key_conv: nn.Conv2d
    scale: float = 1.0
    """What the network multiplies the energies with."""
    queries: list[Tensor] = field(default_factory=list)
    keys: list[Tensor] = field(default_factory=list)


@dataclass(frozen=True)
class GuidedCall:
    """A call whose queries stand for positions of the target, and whose keys for places of the source image."""

    attention: WatchedAttention
    call: int
    """Which of the calls of one pass."""
    pyramid: TokenPyramid | None = None
    """What made regions of the source's positions; None where the keys are the positions themselves."""


class AttentionWatch:
    """Collects queries and keys of training passes until they are cleared: of crossings, and of heads that warp."""

    def __init__(self, network: nn.Module) -> None:
        self._by_query: dict[nn.Module, WatchedAttention] = {}
        for part in network.modules():
            if isinstance(part, XingBlock):
                scale = (part.emsa.scale or 1.0) if isinstance(part, MultiScaleBlock) else 1.0
                self._watch(part.query_conv, part.key_conv, scale)
                if isinstance(part, MultiScaleBlock) and part.shape_projections is not None:
                    self._watch(part.shape_projections.query_conv, part.shape_projections.key_conv, scale)
            if isinstance(part, PatchWarp):
                for query, key in zip(part.query, part.key):
                    assert isinstance(query, nn.Conv2d) and isinstance(key, nn.Conv2d)
                    self._watch(query, key, part.scale)
        self.guided = self._guided(network)

    @property
    def attentions(self) -> list[WatchedAttention]:
        return list(self._by_query.values())

    def clear(self) -> None:
        for attention in self.attentions:
            attention.queries.clear()
            attention.keys.clear()

    def _watch(self, query_conv: nn.Conv2d, key_conv: nn.Conv2d, scale: float) -> None:
        attention = WatchedAttention(query_conv, key_conv, scale)
        query_conv.register_forward_hook(_collect(attention.queries))
        key_conv.register_forward_hook(_collect(attention.keys))
        self._by_query[query_conv] = attention

    def _guided(self, network: nn.Module) -> list[GuidedCall]:
        """The shape stream of every crossing but the first, in which it knows of no appearance yet, and every head."""
        calls = []
        for block in [part for part in network.modules() if isinstance(part, XingBlock)][1:]:
            # A crossing attends twice: appearance first, then shape, for which it may have projections of its own.
            own = block.shape_projections if isinstance(block, MultiScaleBlock) else None
            attention = self._by_query[block.query_conv if own is None else own.query_conv]
            pyramid = block.appearance_pyramid if isinstance(block, MultiScaleBlock) else None
            calls.append(GuidedCall(attention, 1 if own is None else 0, pyramid))
        for warp in [part for part in network.modules() if isinstance(part, PatchWarp)]:
            calls += [GuidedCall(self._by_query[query], 0) for query in warp.query]
        return calls


@torch.no_grad()
def limit_energies(watch: AttentionWatch, limit: float) -> None:
    """Scales query and key weights down where the root mean square of their energies was above `limit`.

    XingGAN multiplies queries and keys without a factor and without norms, so nothing else holds energies back; far
    beyond softmax's working range every query chooses one key, and the gradient dies. Call after the optimiser's step.
    """
    for attention in watch.attentions:
        pairs = zip(attention.queries, attention.keys)
        sizes = [_size(query) * _size(key) * query.shape[1] ** 0.5 for query, key in pairs]
        largest = attention.scale * max(sizes, default=0.0)
        if largest > limit:
            for parameter in (*attention.query_conv.parameters(), *attention.key_conv.parameters()):
                parameter.mul_((limit / largest) ** 0.5)


def guidance_loss(watch: AttentionWatch, batch: PairBatch) -> Tensor:
    """How little attention brings each target position from places of the source that show the same label.

    Cross-entropy between the labels that attention collects and the target's, mean over all guided calls, of energies
    before any enhancement. Rendered people have labels; attention finds its way in a fraction of the pairs, and is free
    within a label. A pooled region shows as much of a label as its average says.
    """
    source, target = _label_shares(batch.source_labels), _label_shares(batch.target_labels)
    weight = 1 + (_FOREGROUND_WEIGHT - 1) * (1 - target[:, :1])
    losses = []
    for guided in watch.guided:
        query_BDhw, key = guided.attention.queries[guided.call], guided.attention.keys[guided.call].float().flatten(2)
        shown = source if guided.pyramid is None else _pooled(source, guided.pyramid, static_size(query_BDhw))
        query = query_BDhw.float().flatten(2) * guided.attention.scale
        collected = attend(query, key, shown).clamp(min=1e-4)
        losses.append(-(target * collected.log() * weight).sum(dim=1).mean() / weight.mean())
    return torch.stack(losses).mean()


def _label_shares(labels_BHW: Tensor) -> Tensor:
    """B x labels x L: the share of each label in every cell of the feature maps."""
    one_hot = F.one_hot(labels_BHW, len(LABEL_NAMES)).permute(0, 3, 1, 2).float()
    return F.avg_pool2d(one_hot, _CELL).flatten(2)


def _pooled(shares_BLP: Tensor, pyramid: TokenPyramid, size: tuple[int, int, int]) -> Tensor:
    """The share of each label in every token of the pyramid."""
    _, height, width = size
    levels = [shares_BLP] if pyramid.include_full else []
    if pyramid.bins:
        grids = tuple((cells, cells) for cells in pyramid.bins)
        levels.insert(0, shares_BLP @ pooling_matrix(grids, height, width, shares_BLP.device))
    return torch.cat(levels, dim=2)


def _size(tensor: Tensor) -> float:
    return float(tensor.float().square().mean().sqrt())


def _collect(tensors: list[Tensor]) -> Any:
    def hook(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        if module.training:
            tensors.append(output)

    return hook
