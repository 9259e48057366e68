"""What training sees of attention: the queries and keys of every crossing in the latest pass.

Applies to every module that has a `query_conv` and a `key_conv`; what the module computes is not touched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.attention import attend
from posemodels.data.dataset import PairBatch
from posemodels.data.synthetic import LABEL_NAMES

_CELL = 4
_FOREGROUND_WEIGHT = 4.0


@dataclass
class WatchedBlock:
    """One block and what it multiplied since the last `clear`: queries and keys B x D x h x w, in calling order."""

    query_conv: nn.Conv2d
    key_conv: nn.Conv2d
    queries: list[Tensor] = field(default_factory=list)
    keys: list[Tensor] = field(default_factory=list)


class AttentionWatch:
    """Collects queries and keys of training passes until they are cleared."""

    def __init__(self, network: nn.Module) -> None:
        self.blocks: list[WatchedBlock] = []
        for part in network.modules():
            query_conv, key_conv = getattr(part, "query_conv", None), getattr(part, "key_conv", None)
            if isinstance(query_conv, nn.Conv2d) and isinstance(key_conv, nn.Conv2d):
                block = WatchedBlock(query_conv, key_conv)
                query_conv.register_forward_hook(_collect(block.queries))
                key_conv.register_forward_hook(_collect(block.keys))
                self.blocks.append(block)

    def clear(self) -> None:
        for block in self.blocks:
            block.queries.clear()
            block.keys.clear()


@torch.no_grad()
def limit_energies(watch: AttentionWatch, limit: float) -> None:
    """Scales a block's query and key weights down where the energies' root mean square was above `limit`.

    The designs multiply queries and keys without a factor and without norms, so nothing else holds energies back; far
    beyond softmax's working range every query chooses one key, and the gradient dies. Call after the optimiser's step.
    """
    for block in watch.blocks:
        pairs = zip(block.queries, block.keys)
        largest = max((_size(query) * _size(key) * query.shape[1] ** 0.5 for query, key in pairs), default=0.0)
        if largest > limit:
            for parameter in (*block.query_conv.parameters(), *block.key_conv.parameters()):
                parameter.mul_((limit / largest) ** 0.5)


def guidance_loss(watch: AttentionWatch, batch: PairBatch) -> Tensor:
    """How little the shape stream's attention brings each target position from source positions of the same label.

    Cross-entropy between the labels that attention collects and the target's, mean over all blocks but the first, in
    which that stream knows of no appearance yet. Rendered people have labels; attention finds its way in a fraction of
    the pairs, and is free within a label.
    """
    source, target = _label_shares(batch.source_labels), _label_shares(batch.target_labels)
    weight = 1 + (_FOREGROUND_WEIGHT - 1) * (1 - target[:, :1])
    losses = []
    for block in watch.blocks[1:]:
        # Each block attends twice: appearance first, then shape.
        query, key = block.queries[1].float().flatten(2), block.keys[1].float().flatten(2)
        collected = attend(query, key, source).clamp(min=1e-4)
        losses.append(-(target * collected.log() * weight).sum(dim=1).mean() / weight.mean())
    return torch.stack(losses).mean()


def _label_shares(labels_BHW: Tensor) -> Tensor:
    """B x labels x L: the share of each label in every cell of the feature maps."""
    one_hot = F.one_hot(labels_BHW, len(LABEL_NAMES)).permute(0, 3, 1, 2).float()
    return F.avg_pool2d(one_hot, _CELL).flatten(2)


def _size(tensor: Tensor) -> float:
    return float(tensor.float().square().mean().sqrt())


def _collect(tensors: list[Tensor]) -> Any:
    def hook(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        if module.training:
            tensors.append(output)

    return hook
