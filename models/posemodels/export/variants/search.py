"""Which convolutions to compute in integers: as much work as keeps the images alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import onnx

from posemodels.export.passes.editing import GraphEditor
from posemodels.export.shapes import Shape
from posemodels.export.variants.calibration import measure_ranges
from posemodels.export.variants.folder import likeness, run
from posemodels.export.variants.quantization import Candidate, candidates, quantize

Inputs = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class SearchResult:
    """A quantized graph and how it came about."""

    model: onnx.ModelProto
    quantized: int
    considered: int
    share: float
    """Of the considered convolutions' multiply-adds that is done in integers."""
    psnr: float
    """On the inputs that the search looked at, in dB."""


def quantize_alike(
    model: onnx.ModelProto, outputs: Sequence[str], calibration: Sequence[Inputs], check: Inputs, minimum_psnr: float
) -> SearchResult:
    """Quantizes as many convolutions as leave the outputs on `check` at least `minimum_psnr` dB like the model's own.

    Each is tried by itself first. They are then taken in the order of the error that they add for the work that they
    save, and the longest beginning of that order that is good enough is found by halving: errors of layers add up
    nearly independently, so a longer beginning is a worse one.
    """
    editor = GraphEditor(model)
    found = candidates(editor)
    names = {name for candidate in found for name in (candidate.source, candidate.result)}
    ranges = measure_ranges(model, names, calibration)
    expected = run(model, outputs, check)

    def quality(chosen: Sequence[Candidate]) -> tuple[onnx.ModelProto, float]:
        made = quantize(model, {candidate.output for candidate in chosen}, ranges)
        return made, likeness(expected, run(made, outputs, check))

    work = {candidate.output: _products(editor, candidate, editor.shapes) for candidate in found}
    harm = {candidate.output: 10 ** (-quality([candidate])[1] / 10) for candidate in found}
    ordered = sorted(found, key=lambda candidate: harm[candidate.output] / work[candidate.output])
    good, bad = 0, len(ordered) + 1
    best, best_psnr = model, np.inf
    while bad - good > 1:
        middle = (good + bad) // 2
        made, psnr = quality(ordered[:middle])
        if psnr >= minimum_psnr:
            good, best, best_psnr = middle, made, psnr
        else:
            bad = middle
    done = sum(work[candidate.output] for candidate in ordered[:good])
    return SearchResult(best, good, len(ordered), done / max(1, sum(work.values())), best_psnr)


def _products(editor: GraphEditor, candidate: Candidate, shapes: Mapping[str, Shape]) -> int:
    weight = editor.constants[candidate.node.input[1]]
    return int(np.prod(shapes[candidate.output])) * int(np.prod(weight.shape[1:]))
