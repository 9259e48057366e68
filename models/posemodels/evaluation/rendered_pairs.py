"""Generators that give a picture alone, measured as they ship on held-out renders of dressed people."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from posemodels.data.dataset import PairBatch
from posemodels.data.render_pairs.stream import PairStream
from posemodels.evaluation.generator import ShippedGenerator
from posemodels.evaluation.held_out import Version
from posemodels.evaluation.layouts import ShippedLayout
from posemodels.evaluation.metrics import l1, psnr, ssim
from posemodels.evaluation.report import OF_RENDERS
from posemodels.evaluation.transfer_figures import ColorFigures
from posemodels.training.pairs import judged
from posemodels.training.rendered_pairs import held_out_batches

_COPY, _PREDICTED = "copy", "predicted"


def evaluate(folder: Path, models: Path, held_out: Path, pairs: int) -> dict[str, float]:
    """Figures of the model in `folder` on pairs of the data set in `held_out`, from true labels and joints.

    models: the folder of all models, whose layout model predicts labels for a generator that is laid out by them. What
    a target's picture does not show counts as right. Raises ConfigError or ExportError where something cannot be read.
    """
    generator = ShippedGenerator(folder, ShippedLayout.if_shipped(models))
    stream = PairStream(held_out)
    drawn, copied, predicted = Likeness(), Likeness(), Likeness()
    for batch in held_out_batches(stream, pairs, generator.size, generator.sigma):
        drawn.add(batch, generator.fill(batch))
        copied.add(batch, batch.source_image)
        if Version.PREDICTED in generator.versions:
            predicted.add(batch, generator.lay_out(batch))
    figures = {"pairs": float(min(pairs, len(stream)))} | drawn.figures()
    figures |= {f"{name}_of_{_COPY}": value for name, value in copied.figures().items()}
    figures |= {f"{_PREDICTED}_{name}": value for name, value in predicted.figures().items()}
    return {f"{OF_RENDERS}{name}": round(value, 4) for name, value in figures.items()}


class Likeness:
    """How like the truth pictures are, whole and over the person, gathered over batches."""

    def __init__(self) -> None:
        self._whole: dict[str, list[Tensor]] = {}
        self._person = ColorFigures()

    def add(self, batch: PairBatch, images: Tensor) -> None:
        """images: B x 3 x H x W in [-1, 1]."""
        images = judged(images, batch)
        for name, measure in (("ssim", ssim), ("psnr", psnr), ("l1", l1)):
            self._whole.setdefault(name, []).append(measure(images, batch.target_image))
        self._person.add(batch, images)

    def figures(self) -> dict[str, float]:
        """SSIM, PSNR and l1 of whole pictures and of the person, and sharpness over clothes; nothing of nothing."""
        if not self._whole:
            return {}
        whole = {name: float(torch.cat(values).mean()) for name, values in self._whole.items()}
        person = self._person.figures()
        sharpness = {"sharpness": person.pop("sharpness")}
        return whole | {f"person_{name}": value for name, value in person.items()} | sharpness
