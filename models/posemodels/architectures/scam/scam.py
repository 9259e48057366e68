"""SCAM (Dufour et al., "SCAM! Transferring humans between images with semantic cross attention modulation", ECCV 2022).

An encoder describes each labelled region of an image by a few latents; a generator paints a parsing map by them.
Where paper and released code disagree the code is followed, because checkpoints do. Submodules carry the names of the
published state dict; the parts are in `sat_encoder.py`, `generator.py`, `modulation.py` and
`masked_attention.py`.

Shapes: B batch, T latents, D latent channels, N labels, H height, W width.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from posemodels.architectures.blocks.trace import Trace
from posemodels.architectures.scam.config import ScamConfig
from posemodels.architectures.scam.generator import ScamGenerator, start_size
from posemodels.architectures.scam.sat_encoder import IMAGE_CHANNELS, SatEncoder
from posemodels.data.inputs import GeneratorInputs, InputRole
from posemodels.data.labels import EIGHT_LABELS, FOUR_LABELS, THREE_LABELS
from posemodels.errors import ConfigError


class Scam(nn.Module):
    """Encoder and generator. Images are B x 3 x H x W in [-1, 1], labels B x N x H x W one-hot, background first.

    Every size that the generator can be started at will do: at least 2**up_layers on the shorter side.
    """

    def __init__(self, config: ScamConfig) -> None:
        super().__init__()
        self.config = config
        self.generator = ScamGenerator(config)
        self.encoder = SatEncoder(config)

    def encode(self, image: Tensor, labels: Tensor, trace: Trace | None = None) -> Tensor:
        """How each labelled region looks, B x T x D; `config.tokens.of_label` says which latents are whose.

        Latents of a label that the image does not show are an average of everything in it.
        """
        _require_maps("image", image, IMAGE_CHANNELS)
        _require_maps("labels", labels, self.config.labels)
        if labels.shape[2:] != image.shape[2:]:
            raise ValueError(f"labels are {_size(labels)} where the image is {_size(image)}")
        latents: Tensor = self.encoder(image, labels, trace)
        return latents

    def generate(
        self, latents: Tensor, labels: Tensor, noise: Tensor | None = None, trace: Trace | None = None
    ) -> Tensor:
        """Paints the labels by the latents. noise: as `draw_noise` makes it; None for none at all."""
        _require_maps("labels", labels, self.config.labels, self.config.up_layers)
        expected = (self.config.tokens.count, self.config.latent_dim)
        if latents.ndim != 3 or tuple(latents.shape[1:]) != expected:
            raise ValueError(f"latents must be B x {expected[0]} x {expected[1]}, got {tuple(latents.shape)}")
        image: Tensor = self.generator(labels, latents, noise, trace)
        return image

    def reconstruct(self, image: Tensor, labels: Tensor, noise: Tensor | None = None) -> Tensor:
        """The image again, from its own latents and labels."""
        return self.generate(self.encode(image, labels), labels, noise)

    def forward(
        self,
        source_image: Tensor,
        source_parsing: Tensor,
        target_parsing: Tensor,
        noise: Tensor | None = None,
        trace: Trace | None = None,
    ) -> Tensor:
        """Swap: all that the source image shows, laid out by the target's labels.

        While training, noise is drawn where none is given; otherwise the image follows from the arguments alone.
        """
        for name, maps, channels in (
            ("source_image", source_image, IMAGE_CHANNELS),
            ("source_parsing", source_parsing, self.config.labels),
            ("target_parsing", target_parsing, self.config.labels),
        ):
            _require_maps(name, maps, channels, self.config.up_layers)
        if noise is None and self.training:
            length = self.noise_length((int(target_parsing.shape[2]), int(target_parsing.shape[3])))
            noise = torch.randn(len(target_parsing), length, device=target_parsing.device)
        return self.generate(self.encode(source_image, source_parsing, trace), target_parsing, noise, trace)

    def transfer_subject(
        self,
        subject_image: Tensor,
        subject_labels: Tensor,
        scene_image: Tensor,
        scene_labels: Tensor,
        noise: Tensor | None = None,
    ) -> Tensor:
        """The subject in the pose of the scene's person and before the scene's background."""
        subject, scene = self.encode(subject_image, subject_labels), self.encode(scene_image, scene_labels)
        return self.generate(self.combine(subject, scene), scene_labels, noise)

    def combine(self, subject_latents: Tensor, scene_latents: Tensor) -> Tensor:
        """Latents of the scene's background and of everything else of the subject."""
        background = self.config.tokens.of_label(0)
        return torch.cat([scene_latents[:, background], subject_latents[:, background.stop :]], dim=1)

    def noise_length(self, size: tuple[int, int]) -> int:
        """How many noise values an image of this height and width takes; 0 without noise."""
        return sum(height * width for height, width in self.generator.noise_sizes(size).values())

    def draw_noise(self, batch: int, size: tuple[int, int], random: torch.Generator) -> Tensor:
        """Standard normal noise for `generate`, B x `noise_length`, the same for the same state of `random`.

        Drawn map by map and column by column, as the release does.
        """
        maps = [
            torch.randn(batch, width, height, generator=random, device=random.device).transpose(1, 2).flatten(1)
            for height, width in self.generator.noise_sizes(size).values()
        ]
        return torch.cat(maps, dim=1) if maps else torch.zeros(batch, 0, device=random.device)


def scam_inputs(config: ScamConfig) -> GeneratorInputs:
    """An image, its labels, and those to lay it out by. Raises ConfigError where we have no set of so many labels."""
    label_sets = {len(labels.names): labels for labels in (THREE_LABELS, FOUR_LABELS, EIGHT_LABELS)}
    if config.labels not in label_sets:
        raise ConfigError(f"there are label sets of {', '.join(map(str, label_sets))} labels, not of {config.labels}")
    roles = (InputRole.SOURCE_IMAGE, InputRole.SOURCE_PARSING, InputRole.TARGET_PARSING)
    return GeneratorInputs(roles, label_sets[config.labels])


def _require_maps(name: str, tensor: Tensor, channels: int, halvings: int = 0) -> None:
    """halvings: how often the generator must be able to halve height and width."""
    shape = tuple(tensor.shape)
    if tensor.ndim != 4 or shape[1] != channels:
        raise ValueError(f"{name} must be B x {channels} x H x W, got {shape}")
    if halvings:
        try:
            start_size((int(shape[2]), int(shape[3])), halvings)
        except ValueError as error:
            raise ValueError(f"{name} must be B x {channels} x H x W, got {shape}: {error}") from error


def _size(tensor: Tensor) -> str:
    return f"{int(tensor.shape[2])} x {int(tensor.shape[3])}"
