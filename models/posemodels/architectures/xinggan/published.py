"""How XingGANs made elsewhere describe themselves: by the shapes of a checkpoint, by the settings of a parity case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from torch import Tensor, nn

from posemodels.architectures.blocks.trace import Trace
from posemodels.architectures.parity_case import ParityFormat, Tensors
from posemodels.architectures.xinggan.xinggan import XingGanConfig
from posemodels.errors import CheckpointError, ParityCaseError


def config_of_weights(weights: Mapping[str, Tensor]) -> XingGanConfig:
    """Reads the sizes off a state dict (without the `model.` prefix).

    Convolutions have a bias only beside instance norm, and the second convolution of a stack sits at index 5
    where dropout was not constructed. Raises CheckpointError where the keys are not a XingGAN's.
    """
    try:
        first_conv = weights["stream1_down.1.weight"]
        first_pose_conv = weights["stream2_down.1.weight"]
        last_conv = weights["stream1_up.7.weight"]
    except KeyError as error:
        raise CheckpointError(f"not a XingGAN checkpoint: it has no {error.args[0]}") from error
    if any(weight.ndim != 4 for weight in (first_conv, first_pose_conv, last_conv)):
        raise CheckpointError("not a XingGAN checkpoint: its first and last convolutions are not four-dimensional")
    blocks = {match.group(1) for match in (re.match(r"att\.(\d+)\.", key) for key in weights) if match}
    return XingGanConfig(
        width=first_conv.shape[0],
        blocks=len(blocks),
        candidates=last_conv.shape[0] // 3,
        keypoints=first_pose_conv.shape[1] // 2,
        norm="instance" if "stream1_down.1.bias" in weights else "batch",
        dropout=None if "att.0.conv_block_stream1.5.weight" in weights else 0.5,
    )


def config_of_parity_case(settings: Mapping[str, Any]) -> XingGanConfig:
    """Reads a parity case's settings; raises ParityCaseError where one is absent or asks for what is not built."""
    fixed = {"n_downsampling": 2, "padding_type": "reflect", "image_nc": 3}
    for name, value in fixed.items():
        if settings.get(name, value) != value:
            raise ParityCaseError(f"{name} {settings[name]!r} is not supported, only {value!r}")
    try:
        config = XingGanConfig(
            width=settings["ngf"],
            blocks=settings["n_blocks"],
            candidates=settings.get("N_intermediate_per_stream", 10),
            keypoints=settings.get("pose_nc", 36) // 2,
            norm=settings["norm"],
            dropout=0.5 if settings.get("use_dropout", True) else None,
        )
    except KeyError as error:
        raise ParityCaseError(f"the settings do not say {error.args[0]!r}") from error
    maps = settings.get("attention_maps", 2 * config.candidates + 1)
    if maps != 2 * config.candidates + 1:
        raise ParityCaseError(f"{maps} attention maps do not fit {config.candidates} images per stream")
    return config


def _run_parity_case(module: nn.Module, tensors: Tensors, trace: Trace) -> Tensors:
    image = module(tensors["input/image"], tensors["input/bp1"], tensors["input/bp2"], trace=trace)
    return {"image": image}


PARITY = ParityFormat(
    model="XingGAN generator",
    config=config_of_parity_case,
    inputs=("image", "bp1", "bp2"),
    outputs=("image",),
    run=_run_parity_case,
)
