"""How SCAMs made elsewhere describe themselves: by the content of a checkpoint, by the settings of a parity case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

from posemodels.architectures.blocks.trace import Trace
from posemodels.architectures.parity_case import ParityFormat, Tensors
from posemodels.architectures.scam.config import ScamConfig
from posemodels.architectures.scam.scam import Scam
from posemodels.errors import CheckpointError, ConfigError, ParityCaseError

_PARTS = ("generator.", "encoder.")


def weights_of_checkpoint(content: Mapping[str, Any]) -> dict[str, Tensor]:
    """Generator and encoder of a checkpoint: a training dump with its `state_dict`, or such a state dict alone.

    What else a training run stores (discriminator, losses, metrics) is left out. Raises CheckpointError where one of
    the two is absent or not tensors.
    """
    state = content.get("state_dict", content)
    if not isinstance(state, Mapping):
        raise CheckpointError(f"state_dict must be a dictionary, found {type(state).__name__}")
    weights = {key: value for key, value in state.items() if isinstance(key, str) and key.startswith(_PARTS)}
    for part in _PARTS:
        if not any(key.startswith(part) for key in weights):
            raise CheckpointError(f"not a SCAM checkpoint: no key begins with '{part}'")
    others = [key for key, value in weights.items() if not isinstance(value, Tensor)]
    if others:
        raise CheckpointError(f"weights must be tensors; not: {', '.join(others[:5])}")
    return weights


def config_of_weights(weights: Mapping[str, Tensor], heads: int = 1) -> ScamConfig:
    """Reads the sizes off a state dict. Numbers of heads leave no trace there: all are taken to be `heads`.

    Raises CheckpointError where the keys are not a SCAM's.
    """
    first_block, first_level = "generator.backbone.SCAM_block_0.mod_0.", "encoder.backbone.block_0.cross_attention."
    try:
        first_conv = weights["generator.first_conv.weight"]
        mask = weights["encoder.latents_mask"]
        labels, (tokens, dim) = int(first_conv.shape[1]), weights["encoder.latents"].shape
        background = int(mask[0, 0].sum())
        per_label = (tokens - background) // max(1, labels - 1)
        blocks = len({key.split(".")[2] for key in weights if key.startswith("encoder.backbone.")})
        config = ScamConfig(
            labels=labels,
            latents_per_label=per_label or background,
            background_latents=background,
            latent_dim=int(dim),
            width=int(first_conv.shape[0]) // 16,
            up_layers=len({key.split(".")[2] for key in weights if key.startswith("generator.backbone.")}),
            attention_dim=len(weights[f"{first_block}latent_to_image.q_linear.weight"]),
            heads=heads,
            attention="simplex" if f"{first_block}fc_itl.0.weight" in weights else "duplex",
            noise=f"{first_block}noise_var" in weights,
            encoder_width=len(weights["encoder.convs.1.0.weight"]) // 2 if blocks > 1 else ScamConfig.encoder_width,
            encoder_blocks=blocks,
            encoder_attention_dim=len(weights[f"{first_level}attention.q_linear.weight"]),
            encoder_cross_heads=heads,
            encoder_self_heads=heads,
            position_dim=4 * len(weights["encoder.image_pos_embs.0.inv_freq"]),
        )
    except KeyError as error:
        raise CheckpointError(f"not a SCAM checkpoint: it has no {error.args[0]}") from error
    except (ConfigError, IndexError, ValueError) as error:
        raise CheckpointError(f"not a SCAM checkpoint: {error}") from error
    if config.tokens.count != tokens:
        raise CheckpointError(f"{tokens} latents cannot be {background} of the background and as many each of the rest")
    return config


_FIXED: dict[str, dict[str, Any]] = {
    "generator": {
        "num_up_layers_with_mask_adain": 0,
        "kernel_size": 3,
        "num_output_channels": 3,
        "latent_pos_emb": "none",
        "architecture": "skip",
        "apply_spectral_norm": False,
        "split_latents": False,
        "norm_type": "InstanceNorm",
        "modulate": True,
        "use_equalized_lr": False,
        "use_vae": False,
        "lr_mul": 1.0,
    },
    "encoder": {
        "num_input_channels": 3,
        "type_of_initial_latents": "learned",
        "image_conv": True,
        "reverse_conv": False,
        "use_vae": False,
        "use_self_attention": True,
        "use_equalized_lr": False,
        "lr_mul": 1.0,
    },
}
"""Choices of the release that are off in every published configuration, and not built here."""

_SAID_TWICE = {
    "num_labels": "num_labels",
    "style_dim": "latent_dim",
    "num_labels_split": "num_latent_per_labels",
    "num_labels_bg": "num_latents_bg",
}
"""The generator's name to the encoder's for the same number."""


def config_of_parity_case(settings: Mapping[str, Any]) -> ScamConfig:
    """Reads a parity case's settings; raises ParityCaseError where one is absent or asks for what is not built."""
    try:
        generator, encoder = settings["generator"], settings["encoder"]
        for part, fixed in _FIXED.items():
            for name, value in fixed.items():
                if settings[part].get(name, value) != value:
                    raise ParityCaseError(f"{part} {name} {settings[part][name]!r} is not supported, only {value!r}")
        for name, other in _SAID_TWICE.items():
            if generator[name] != encoder[other]:
                raise ParityCaseError(f"the generator's {name} {generator[name]} is the encoder's {encoder[other]}")
        for side in ("height", "width"):
            if side in settings and generator.get(side, settings[side]) != settings[side]:
                raise ParityCaseError(f"the generator's {side} is {generator[side]}, that of the case {settings[side]}")
        return ScamConfig(
            labels=generator["num_labels"],
            latents_per_label=generator["num_labels_split"],
            background_latents=generator["num_labels_bg"],
            latent_dim=generator["style_dim"],
            width=generator["num_filters_last_layer"],
            up_layers=generator["num_up_layers"],
            attention_dim=generator["attention_latent_dim"],
            heads=generator["num_heads"],
            attention=generator["attention_type"],
            noise=generator["add_noise"],
            encoder_width=encoder["conv_features_dim_first"],
            encoder_blocks=encoder["num_blocks"],
            encoder_attention_dim=encoder["attention_latent_dim"],
            encoder_cross_heads=encoder["num_cross_heads"],
            encoder_self_heads=encoder["num_self_heads"],
            position_dim=encoder["positional_embedding_dim"],
        )
    except KeyError as error:
        raise ParityCaseError(f"the settings do not say {error.args[0]!r}") from error


def _run_parity_case(module: nn.Module, tensors: Tensors, trace: Trace) -> Tensors:
    assert isinstance(module, Scam)
    image, labels = tensors["input/image"], tensors["input/segmentation"]
    noise = _recorded_noise(module, tensors, (int(image.shape[2]), int(image.shape[3])))
    latents = module.encode(image, labels, trace)
    return {
        "style_codes": latents,
        "image": module.generate(latents, labels, noise, trace),
        "image_swapped": module.generate(latents.flip(0), labels, noise),
    }


def _recorded_noise(module: Scam, tensors: Tensors, size: tuple[int, int]) -> Tensor | None:
    sizes = {f"noise/generator.{name}": each for name, each in module.generator.noise_sizes(size).items()}
    recorded = {name for name in tensors if name.startswith("noise/")}
    if recorded != set(sizes):
        raise ParityCaseError(f"noise maps do not match: {', '.join(sorted(recorded ^ set(sizes)))}")
    for name, each in sizes.items():
        if tuple(tensors[name].shape[1:]) != (1, *each):
            raise ParityCaseError(f"{name} is {tuple(tensors[name].shape)}, expected B x 1 x {each[0]} x {each[1]}")
    return torch.cat([tensors[name].flatten(1) for name in sizes], dim=1) if sizes else None


PARITY = ParityFormat(
    model="SCAM encoder",
    config=config_of_parity_case,
    inputs=("image", "segmentation"),
    outputs=("style_codes", "image"),
    run=_run_parity_case,
    groups=("noise",),
    tolerance_of={"output/image_swapped": "image", "mid/enc/": "style_codes", "mid/gen/": "image"},
)
