"""A SCAM as two graphs, so that the latents of a photo can be kept and painted into any number of layouts."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from posemodels.architectures.scam.published import config_of_weights, weights_of_checkpoint
from posemodels.architectures.scam.sat_encoder import IMAGE_CHANNELS
from posemodels.architectures.scam.scam import Scam
from posemodels.export.onnx import write_onnx
from posemodels.training.checkpoint import load_weights, read_checkpoint

ENCODER_FILE = "encoder.onnx"
"""`source_image` and `source_parsing` to `latents`, B x T x D."""
GENERATOR_FILE = "generator.onnx"
"""`latents`, `target_parsing` and `noise` to `image`. The noise is an input: who draws it can repeat the image."""


class _Encode(nn.Module):
    def __init__(self, scam: Scam) -> None:
        super().__init__()
        self.scam = scam

    def forward(self, source_image: Tensor, source_parsing: Tensor) -> Tensor:
        return self.scam.encode(source_image, source_parsing)


class _Generate(nn.Module):
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


def export_scam(scam: Scam, folder: Path, size: tuple[int, int]) -> None:
    """Writes `encoder.onnx` and `generator.onnx` for images of this height and width, any batch.

    A generator built without noise has no such input; otherwise noise is B x `Scam.noise_length(size)`, one map after
    the other, and zeros give the image without noise.
    """
    scam = scam.eval()
    random = torch.Generator().manual_seed(0)
    count, (height, width) = scam.config.labels, size
    areas = torch.randint(count, (2, height, width), generator=random)
    parsing = nn.functional.one_hot(areas, count).permute(0, 3, 1, 2).float()
    encoded = {
        "source_image": torch.rand(2, IMAGE_CHANNELS, height, width, generator=random) * 2 - 1,
        "source_parsing": parsing,
    }
    with torch.no_grad():
        latents = scam.encode(*encoded.values())
        generated = {"latents": latents, "target_parsing": parsing}
        if scam.config.noise:
            generated["noise"] = scam.draw_noise(2, size, random)
        image = scam.generate(*generated.values())
    folder.mkdir(parents=True, exist_ok=True)
    write_onnx(_Encode(scam), encoded, {"latents": latents}, folder / ENCODER_FILE)
    write_onnx(_Generate(scam), generated, {"image": image}, folder / GENERATOR_FILE)
