"""All generators measured in one run, those of one size on the same renders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image
from torch import Tensor

from posemodels.evaluation.contact_sheet import contact_sheet, skeleton_panels, titled_sheet, to_rgb
from posemodels.evaluation.generator import ShippedGenerator, manifest_metrics, measure_versions
from posemodels.evaluation.held_out import Version
from posemodels.evaluation.layouts import ShippedLayout
from posemodels.evaluation.parsing_features import resized
from posemodels.evaluation.protocol import Counts, Figures, Judges, Protocol

_SHOWN = 16
_COMPARED = 8


@dataclass(frozen=True)
class Row:
    """Figures of a baseline, or of a generator's version."""

    name: str
    figures: Figures
    version: Version = Version.TRANSFER


@dataclass
class SizeTable:
    """What was measured at one size."""

    size: tuple[int, int]
    rows: list[Row] = field(default_factory=list)


@dataclass
class Comparison:
    """Everything that a run measured."""

    counts: Counts
    tables: list[SizeTable] = field(default_factory=list)
    metrics: dict[str, dict[str, float]] = field(default_factory=dict)
    """Name of a generator to what its manifest is to say."""
    sheets: dict[str, Image.Image] = field(default_factory=dict)
    """Name of a generator to its contact sheet."""
    together: Image.Image | None = None
    """The same pairs by all generators."""


def compare(folders: Sequence[Path], models: Path, counts: Counts = Counts()) -> Comparison:
    """Measures the generators in `folders` by the perception models of `models`, smallest size first; where `models`
    has a layout model, labels of targets are predicted as well.

    Raises ConfigError, ExportError or CheckpointError where a model cannot be read.
    """
    layout = ShippedLayout.if_shipped(models)
    generators = [ShippedGenerator(folder, layout) for folder in folders]
    judges = Judges(models)
    comparison = Comparison(counts)
    drawn: dict[str, Tensor] = {}
    protocol: Protocol | None = None
    for size in sorted({generator.size for generator in generators}):
        protocol = Protocol(size, judges, counts)
        baselines = {
            "truth": protocol.figures(protocol.truth),
            "mean image": protocol.figures(protocol.mean),
            "copy the source": protocol.figures(protocol.copy),
        }
        table = SizeTable(size, [Row(name, figures) for name, figures in baselines.items()])
        comparison.tables.append(table)
        for generator in generators:
            if generator.size != size:
                continue
            images = generator.draw(protocol.pairs)
            versions = measure_versions(generator, protocol, images)
            table.rows += [Row(generator.name, figures, version) for version, figures in versions.items()]
            comparison.metrics[generator.name] = manifest_metrics(
                versions, baselines["copy the source"], baselines["truth"], len(protocol.pairs)
            )
            comparison.sheets[generator.name] = _sheet(protocol, images)
            drawn[generator.name] = images[:_COMPARED]
            if Version.PREDICTED in generator.versions:
                drawn[f"{generator.name}, predicted"] = generator.draw(
                    protocol.pairs.first(_COMPARED), Version.PREDICTED
                )
    if protocol is not None:
        comparison.together = _together(protocol, drawn)
    return comparison


def _sheet(protocol: Protocol, images: Tensor) -> Image.Image:
    pairs, shown = protocol.pairs, slice(0, _SHOWN)
    return contact_sheet(
        pairs.source_image[shown], pairs.target_keypoints[shown], images[shown], pairs.target_image[shown]
    )


def _together(protocol: Protocol, drawn: dict[str, Tensor]) -> Image.Image:
    """At the largest size; smaller images are stretched to it."""
    pairs, shown = protocol.pairs, slice(0, _COMPARED)
    panels: dict[str, np.ndarray] = {"source": to_rgb(pairs.source_image[shown])}
    panels["pose"] = skeleton_panels(pairs.target_keypoints[shown], protocol.size)
    panels |= {name: to_rgb(resized(images, protocol.size)) for name, images in drawn.items()}
    panels["truth"] = to_rgb(pairs.target_image[shown])
    return titled_sheet(panels)
