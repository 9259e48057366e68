"""Generators as the protocol asks them: exported ones, and modules that have just been trained."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from posemodels.architectures.scam.scam import Scam
from posemodels.data.dataset import PairBatch
from posemodels.data.inputs import GeneratorInputs, InputRole
from posemodels.errors import ConfigError
from posemodels.evaluation.held_out import HeldOutPairs, Version
from posemodels.evaluation.layouts import ShippedLayout
from posemodels.evaluation.protocol import Figures, Protocol
from posemodels.export.graph import ExportedGraph
from posemodels.training.objectives import reconstruction

_OF_VERSIONS = ("ssim", "psnr", "pckh50", "parsing_frechet", "parsing_perceptual", "color_error", "pattern_kept")
"""Figures of other versions than the transfer that the manifest gives too."""


class AskedGenerator(ABC):
    """Draws the pairs of the protocol in one or more versions."""

    def __init__(self, inputs: GeneratorInputs, sigma: float, layout: ShippedLayout | None = None) -> None:
        """
        :param sigma: of the pose maps, in pixels of the size that the generator is asked at.
        :param layout: predicts the target's labels, at that size; without it there are no `PREDICTED` images.
        """
        self._inputs = inputs
        self._layout = layout
        self.sigma = sigma

    @property
    def versions(self) -> tuple[Version, ...]:
        """A generator that takes its layout as labels can paint a picture again, and one person in another's layout;
        and its layout can be predicted."""
        laid_out = InputRole.TARGET_PARSING in self._inputs.roles and InputRole.TARGET_POSE not in self._inputs.roles
        if not laid_out:
            return (Version.TRANSFER,)
        return tuple(version for version in Version if version is not Version.PREDICTED or self._layout is not None)

    def draw(self, pairs: HeldOutPairs, version: Version = Version.TRANSFER) -> Tensor:
        """An image for every pair, N x 3 x H x W in [-1, 1]."""
        paint = {Version.SWAP: self.swap, Version.PREDICTED: self.lay_out}.get(version, self.fill)
        return torch.cat([paint(batch) for batch in pairs.batches(self.sigma, version)])

    def lay_out(self, batch: PairBatch) -> Tensor:
        """The images of a batch whose targets' labels are not known. Raises ConfigError without a layout model."""
        if self._layout is None:
            raise ConfigError("there is no layout model of the generator's size to predict labels with")
        return self.fill(self._layout.laid_out(batch))

    def fill(self, batch: PairBatch) -> Tensor:
        """The images of a batch."""
        return self.paint(tuple(self._inputs.of(batch).values()))

    def swap(self, batch: PairBatch) -> Tensor:
        """The images of a batch whose targets show somebody else; the scene is the target's where it can be told."""
        return self.fill(batch)

    @abstractmethod
    def paint(self, columns: tuple[Tensor, ...]) -> Tensor:
        """A batch of images from the inputs in their order."""


class ShippedGenerator(AskedGenerator):
    """A model folder, run as its graph says, or both of them; without noise. Raises ConfigError or ExportError where it
    cannot be read.
    """

    def __init__(self, folder: Path, layout: ShippedLayout | None = None) -> None:
        """layout: left unused where it is of another size than the generator."""
        try:
            self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            self.name: str = self.manifest["name"]
            self.size: tuple[int, int] = self.manifest["height"], self.manifest["width"]
            sigma: float = self.manifest["keypoints"]["sigma"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ConfigError(f"{folder} is not a generator's folder: {error}") from error
        fits = layout is not None and layout.size == self.size
        super().__init__(GeneratorInputs.of_manifest(self.manifest), sigma, layout if fits else None)
        self.folder = folder

    def paint(self, columns: tuple[Tensor, ...]) -> Tensor:
        taken = dict(zip((role.value for role in self._inputs.roles), columns))
        if self._encoder is not None:
            taken["latents"] = _run(self._encoder, self.manifest["encoder"], taken)
        return _run(self._graph, self.manifest, taken)

    def swap(self, batch: PairBatch) -> Tensor:
        if self._encoder is None:
            return self.fill(batch)
        encoder = self.manifest["encoder"]
        person, scene = (
            dict(zip((role.value for role in self._inputs.roles), self._inputs.of(shown).values()))
            for shown in (batch, reconstruction(batch))
        )
        of_person, of_scene = (_run(self._encoder, encoder, taken) for taken in (person, scene))
        background = int(encoder["backgroundLatents"])
        person["latents"] = torch.cat([of_scene[:, :background], of_person[:, background:]], dim=1)
        return _run(self._graph, self.manifest, person)

    @cached_property
    def _graph(self) -> ExportedGraph:
        return ExportedGraph(self.folder / self.manifest["file"])

    @cached_property
    def _encoder(self) -> ExportedGraph | None:
        encoder = self.manifest.get("encoder")
        return None if encoder is None else ExportedGraph(self.folder / encoder["file"])


def _run(graph: ExportedGraph, described: dict[str, Any], taken: dict[str, Tensor]) -> Tensor:
    """The graph's only output. taken: inputs by role; one that is not there is the noise, and zeros are none."""
    batch = len(next(iter(taken.values())))
    fed = {
        entry["name"]: taken[entry["role"]] if entry["role"] in taken else torch.zeros(batch, *entry["shape"][1:])
        for entry in described["inputs"]
    }
    return graph(**fed)[0]


class TrainedGenerator(AskedGenerator):
    """A module, for figures of a network that is not exported."""

    def __init__(self, module: nn.Module, inputs: GeneratorInputs, sigma: float) -> None:
        super().__init__(inputs, sigma)
        self._module = module.eval()

    @torch.no_grad()
    def paint(self, columns: tuple[Tensor, ...]) -> Tensor:
        images: Tensor = self._module(*columns)
        return images.float()

    @torch.no_grad()
    def swap(self, batch: PairBatch) -> Tensor:
        if not isinstance(self._module, Scam):
            return self.fill(batch)
        assert self._inputs.labels is not None
        person, scene = (self._inputs.labels.one_hot(shown) for shown in (batch.source_labels, batch.target_labels))
        return self._module.transfer_subject(batch.source_image, person, batch.target_image, scene).float()


def measure_versions(generator: AskedGenerator, protocol: Protocol, transferred: Tensor) -> dict[Version, Figures]:
    """All that the protocol measures of each version that the generator has. transferred: its images of the pairs."""
    figures = {Version.TRANSFER: protocol.figures(generator.draw, transferred)}
    for version in (Version.PREDICTED, Version.RECONSTRUCTION):
        if version in generator.versions:
            figures[version] = protocol.figures(partial(generator.draw, version=version))
    if Version.SWAP in generator.versions:
        figures[Version.SWAP] = protocol.swap_figures(generator.draw(protocol.pairs, Version.SWAP))
    return figures


def manifest_metrics(versions: dict[Version, Figures], copy: Figures, truth: Figures, pairs: int) -> dict[str, float]:
    """What a generator's manifest says: the transfer beside the baselines, then the other versions' main figures."""
    metrics = {"pairs": float(pairs)} | versions[Version.TRANSFER]
    metrics |= {f"{name}_of_copy": copy[name] for name in _shared(("ssim", "psnr", "l1", "pckh50"), copy)}
    metrics |= {f"{name}_of_truth": truth[name] for name in _shared(("pckh50",), truth)}
    for version in (Version.PREDICTED, Version.RECONSTRUCTION, Version.SWAP):
        figures = versions.get(version, {})
        metrics |= {f"{version.value}_{name}": figures[name] for name in _shared(_OF_VERSIONS, figures)}
    return {name: round(value, 4) for name, value in metrics.items()}


def _shared(names: Iterable[str], figures: Figures) -> list[str]:
    return [name for name in names if name in figures]
