"""Small instances of every generator, and inputs for them."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from posemodels.architectures.registry import GENERATORS

TINY_SIZE = (16, 12)
TINY: dict[str, dict[str, Any]] = {"xinggan": {"width": 4, "blocks": 2, "candidates": 2}}


def tiny(name: str, seed: int = 7, **changes: Any) -> nn.Module:
    """A small generator with attention switched on: published initialisation leaves it without effect."""
    torch.manual_seed(seed)
    architecture = GENERATORS[name]
    generator = architecture.build(architecture.config(**(TINY[name] | changes)))
    with torch.no_grad():
        for parameter_name, parameter in generator.named_parameters():
            if parameter_name.endswith("gamma"):
                parameter.fill_(0.7)
            else:
                # Sharp attention, so that a mistake in it is seen in the image.
                scale = 0.6 if "query" in parameter_name or "key" in parameter_name else 0.1
                parameter.add_(torch.randn_like(parameter) * scale)
        for buffer_name, buffer in generator.named_buffers():
            if buffer_name.endswith("running_var"):
                buffer.uniform_(0.5, 1.5)
            elif buffer_name.endswith("running_mean"):
                buffer.normal_(0, 0.2)
    return generator


def example_inputs(batch: int = 2, size: tuple[int, int] = TINY_SIZE, seed: int = 3) -> dict[str, Tensor]:
    """A source image in [-1, 1] and two pose maps in [0, 1]."""
    random = torch.Generator().manual_seed(seed)
    return {
        "source_image": torch.rand(batch, 3, *size, generator=random) * 2 - 1,
        "source_pose": torch.rand(batch, 18, *size, generator=random),
        "target_pose": torch.rand(batch, 18, *size, generator=random),
    }
