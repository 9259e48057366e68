"""Comparison of an architecture with recorded weights, inputs, outputs and intermediates.

A case is `NAME.npz` with keys `state/…`, `input/…`, `output/…` and `mid/…` beside `NAME.json` with its settings.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from posemodels.architectures.registry import Architecture, architecture_of_parity_case
from posemodels.errors import ParityCaseError
from posemodels.training.checkpoint import load_weights, published_weights

DEFAULT_TOLERANCE = 1e-4
"""For cases whose settings suggest none."""

Arrays = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class ParityResult:
    """One recorded tensor against ours. `problem` is set where they could not be compared."""

    name: str
    max_abs_error: float
    tolerance: float
    problem: str | None = None

    @property
    def passed(self) -> bool:
        return self.problem is None and self.max_abs_error <= self.tolerance

    def __str__(self) -> str:
        verdict = "" if self.passed else f" FAILED{': ' + self.problem if self.problem else ''}"
        return f"{self.name} max_abs_error={self.max_abs_error:.3e} tolerance={self.tolerance:.3e}{verdict}"


def check_parity(case: Path, tolerance: float | None = None) -> list[ParityResult]:
    """Runs the case's network and compares every output and intermediate that the case holds.

    `tolerance` is the largest absolute error allowed for outputs, by default the one the case suggests. Intermediates
    are unbounded and carry the rounding error of their own magnitude: theirs is scaled by max(1, largest recorded
    absolute value). Raises ParityCaseError or CheckpointError where the case cannot be run at all.
    """
    settings, arrays = _read(case)
    architecture = architecture_of_parity_case(settings)
    assert architecture.config_of_parity_case is not None
    module = architecture.build(architecture.config_of_parity_case(settings)).eval()
    load_weights(module, published_weights(_tensors(arrays, "state/")))
    produced = _run(module, architecture, _inputs(architecture, settings, arrays))
    base = float(tolerance or settings.get("suggested_tolerance_max_abs") or DEFAULT_TOLERANCE)
    return list(_compare(arrays, produced, f"output/{architecture.parity_output}", base))


def _read(case: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    try:
        settings = json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))
        with np.load(case, allow_pickle=False) as archive:
            arrays = {key: archive[key] for key in archive.files}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise ParityCaseError(f"{case}: {error}") from error
    strays = [key for key in arrays if key.partition("/")[0] not in ("state", "input", "output", "mid")]
    if strays or not isinstance(settings, dict):
        raise ParityCaseError(f"{case}: not a parity case; unknown keys {strays[:5]}")
    return settings, arrays


def _tensors(arrays: Arrays, prefix: str) -> dict[str, Tensor]:
    return {key[len(prefix) :]: torch.from_numpy(value) for key, value in arrays.items() if key.startswith(prefix)}


def _inputs(architecture: Architecture, settings: Mapping[str, Any], arrays: Arrays) -> dict[str, Tensor]:
    given = _tensors(arrays, "input/")
    missing = [name for name in architecture.parity_inputs if name not in given]
    if missing:
        raise ParityCaseError(f"the case has no input {', '.join(missing)}")
    inputs = {argument: given[name].float() for name, argument in architecture.parity_inputs.items()}
    for argument, tensor in inputs.items():
        for axis, name in ((0, "batch"), (2, "height"), (3, "width")):
            if settings.get(name, tensor.shape[axis]) != tensor.shape[axis]:
                raise ParityCaseError(f"{argument} is {tuple(tensor.shape)}; the settings say {name} {settings[name]}")
    return inputs


def _run(module: nn.Module, architecture: Architecture, inputs: Mapping[str, Tensor]) -> dict[str, np.ndarray]:
    """Every output and intermediate under the name the case gives it."""
    produced: dict[str, np.ndarray] = {}

    def trace(name: str, tensor: Tensor) -> None:
        produced[f"mid/{name}"] = tensor.numpy()

    with torch.no_grad():
        produced[f"output/{architecture.parity_output}"] = module(**inputs, trace=trace).numpy()
    return produced


def _compare(arrays: Arrays, produced: Arrays, output: str, tolerance: float) -> Iterator[ParityResult]:
    recorded = [key for key in arrays if key.startswith(("output/", "mid/"))]
    if output not in recorded:
        yield ParityResult(output, float("inf"), tolerance, "the case does not hold it")
    for name in sorted(recorded, key=lambda key: key.startswith("output/")):
        if name not in produced:
            yield ParityResult(name, float("inf"), tolerance, "the architecture has no such tensor")
            continue
        expected, actual = arrays[name], produced[name]
        if name.startswith("mid/"):
            # Cases record intermediates of the first batch items only.
            actual = actual[: len(expected)]
        if expected.shape != actual.shape:
            problem = f"recorded shape {expected.shape}, ours {actual.shape}"
            yield ParityResult(name, float("inf"), tolerance, problem)
            continue
        magnitude = max(1.0, float(np.abs(expected).max())) if name.startswith("mid/") else 1.0
        error = float(np.abs(actual.astype(np.float64) - expected).max())
        yield ParityResult(name, error if np.isfinite(error) else float("inf"), tolerance * magnitude)
