"""Small instances of every generator, and inputs for them."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from posemodels.architectures.registry import GENERATORS
from posemodels.data.inputs import InputRole
from posemodels.data.synthetic import LABEL_NAMES

TINY_SIZE = (16, 12)
TINY: dict[str, dict[str, Any]] = {
    "patch-xing": {"width": 4, "blocks": 2, "candidates": 2, "heads": 2, "head_channels": 4},
    "rsa-gan": {
        "width": 2,
        "encoder_blocks": 1,
        "injection_blocks": 1,
        "attention_heads": 2,
        "decoder_blocks": 2,
        "decoder_semantic_blocks": 1,
    },
    "scam": {
        "labels": 4,
        "latents_per_label": 3,
        "background_latents": 2,
        "latent_dim": 8,
        "width": 4,
        "up_layers": 4,
        "attention_dim": 8,
        "heads": 2,
        "encoder_width": 4,
        "encoder_blocks": 3,
        "encoder_attention_dim": 8,
        "encoder_cross_heads": 2,
        "position_dim": 8,
    },
    "xinggan": {"width": 4, "blocks": 2, "candidates": 2},
    "xinggan-plus": {"width": 4, "blocks": 2, "candidates": 2, "growth": 4, "ea_width": 8},
}
VARIANTS: dict[str, list[dict[str, Any]]] = {"scam": [{"attention": "duplex"}, {"attention": "simplex"}]}
"""Settings that every question is asked for, where they are not the two norms."""
SIZES: dict[str, list[tuple[int, int]]] = {
    "patch-xing": [TINY_SIZE, (20, 32)],
    "rsa-gan": [(32, 24), (24, 40)],
    "scam": [(44, 36), (32, 40)],
    "xinggan": [TINY_SIZE, (20, 32)],
    "xinggan-plus": [TINY_SIZE, (20, 32)],
}
"""Two sizes that each generator takes; the smaller one is exported."""


def variants() -> list[tuple[str, dict[str, Any]]]:
    """Every generator's name with each of its variants."""
    norms: list[dict[str, Any]] = [{"norm": "batch"}, {"norm": "instance"}]
    return [(name, changes) for name in sorted(GENERATORS) for changes in VARIANTS.get(name, norms)]


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


def example_inputs(
    batch: int = 2, size: tuple[int, int] | None = None, seed: int = 3, name: str = "xinggan"
) -> dict[str, Tensor]:
    """What the generator declares, at random: an image in [-1, 1], pose maps in [0, 1], parsing maps of single labels.

    `size` is its smallest of `SIZES` by default.
    """
    random = torch.Generator().manual_seed(seed)
    height, width = size or SIZES[name][0]
    architecture = GENERATORS[name]
    declared = architecture.inputs(architecture.config(**TINY[name]))

    def example(role: InputRole) -> Tensor:
        if role.is_image:
            return torch.rand(batch, 3, height, width, generator=random) * 2 - 1
        if role.is_parsing:
            assert declared.labels is not None
            # Areas, not pixels: a label has to be somewhere at every resolution.
            labels = torch.randint(len(LABEL_NAMES), (batch, height // 4, width // 4), generator=random)
            return declared.labels.one_hot(labels.repeat_interleave(4, 1).repeat_interleave(4, 2))
        return torch.rand(batch, 18, height, width, generator=random)

    return {role.argument: example(role) for role in declared.roles}
