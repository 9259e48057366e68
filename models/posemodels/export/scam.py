"""A SCAM as two graphs, so that the latents of a photo can be kept and painted into any number of layouts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from posemodels.architectures.scam.published import config_of_weights, weights_of_checkpoint
from posemodels.architectures.scam.scam import Scam
from posemodels.export.manifest import GRAPH_FILE, EncoderSpec, ModelSpec, TensorSpec
from posemodels.export.onnx import write_onnx
from posemodels.export.wrapper import write_manifest
from posemodels.training.checkpoint import load_weights, read_checkpoint

ENCODER_FILE = "encoder.onnx"
"""`source_image` and `source_parsing` to `latents`, B x T x D. What is left to `model.onnx` is `latents`,
`target_parsing` and `noise` to `image`. The noise is an input: who draws it can repeat the image."""

_ROLES = {"latents": "latents", "target_parsing": "targetParsing", "noise": "noise"}


class Encode(nn.Module):
    """What `encoder.onnx` computes."""

    def __init__(self, scam: Scam) -> None:
        super().__init__()
        self.scam = scam

    def forward(self, source_image: Tensor, source_parsing: Tensor) -> Tensor:
        return self.scam.encode(source_image, source_parsing)


class Generate(nn.Module):
    """What `model.onnx` computes."""

    def __init__(self, scam: Scam) -> None:
        super().__init__()
        self.scam = scam

    def forward(self, latents: Tensor, target_parsing: Tensor, noise: Tensor | None = None) -> Tensor:
        return self.scam.generate(latents, target_parsing, noise)


def restore_scam(checkpoint: Path, heads: int = 1) -> Scam:
    """Builds the SCAM that a published checkpoint belongs to, whatever labels it knows.

    heads: of every attention, which the weights do not tell. Raises CheckpointError.
    """
    weights = weights_of_checkpoint(read_checkpoint(checkpoint, other_objects=True))
    scam = Scam(config_of_weights(weights, heads))
    load_weights(scam, weights)
    return scam.eval()


def export_scam(
    scam: Scam, example: Mapping[str, Tensor], spec: ModelSpec, folder: Path, *, plain: bool = False
) -> dict[str, Any]:
    """Writes `encoder.onnx`, `model.onnx`, `golden.bin` and `manifest.json`, and returns the manifest.

    example: the generator's inputs by name, two realistic items at the native size; they become the golden inputs. A
    generator built without noise has no such input; otherwise noise is B x `Scam.noise_length(size)`, one map after the
    other, and zeros give the image without noise. plain: as for `write_onnx`.
    """
    scam = scam.eval()
    encoded = {name: example[name].float().contiguous() for name in ("source_image", "source_parsing")}
    with torch.no_grad():
        latents = scam.encode(encoded["source_image"], encoded["source_parsing"]).contiguous()
        generated = {"latents": latents, "target_parsing": example["target_parsing"].float().contiguous()}
        if scam.config.noise:
            _, _, height, width = example["target_parsing"].shape
            random = torch.Generator().manual_seed(0)
            generated["noise"] = scam.draw_noise(len(latents), (height, width), random).contiguous()
        image = scam.generate(latents, generated["target_parsing"], generated.get("noise")).contiguous()
    folder.mkdir(parents=True, exist_ok=True)
    write_onnx(Encode(scam), encoded, {"latents": latents}, folder / ENCODER_FILE, plain=plain)
    write_onnx(Generate(scam), generated, {"image": image}, folder / GRAPH_FILE, plain=plain)
    inputs = tuple(TensorSpec(name=name, role=_ROLES[name]) for name in generated)
    return write_manifest(
        replace(spec, inputs=inputs, encoder=_encoder_spec(scam)), encoded | generated | {"image": image}, folder
    )


def _encoder_spec(scam: Scam) -> EncoderSpec:
    return EncoderSpec(
        file=ENCODER_FILE,
        inputs=(
            TensorSpec(name="source_image", role="sourceImage", is_image=True),
            TensorSpec(name="source_parsing", role="sourceParsing"),
        ),
        outputs=(TensorSpec(name="latents", role="latents"),),
        background_latents=scam.config.background_latents,
    )
