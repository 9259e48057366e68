"""The generator, narrow."""

from __future__ import annotations

import torch
from torch import Tensor

from posemodels.architectures.flow_transfer.config import LABELS, FlowTransferConfig
from posemodels.architectures.flow_transfer.flow_transfer import FlowTransfer

TINY = FlowTransferConfig(geometry=(8, 8, 8, 8, 8), fine=4, color=(8, 8, 8), style=4)
SIZE = 128, 64


def generator(seed: int = 0) -> FlowTransfer:
    torch.manual_seed(seed)
    return FlowTransfer(TINY).eval()


def inputs(batch: int, seed: int = 1) -> dict[str, Tensor]:
    random = torch.Generator().manual_seed(seed)
    labels = torch.randint(len(LABELS), (batch, *SIZE), generator=random)
    return {
        "source_image": torch.rand(batch, 3, *SIZE, generator=random) * 2 - 1,
        "source_pose": torch.rand(batch, 18, *SIZE, generator=random),
        "source_parsing": torch.nn.functional.one_hot(labels, len(LABELS)).permute(0, 3, 1, 2).float(),
        "target_pose": torch.rand(batch, 18, *SIZE, generator=random),
    }
