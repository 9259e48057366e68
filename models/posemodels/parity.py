"""Comparison of an architecture with recorded weights, inputs, outputs and intermediates.

A case is `NAME.npz` with keys `state/…`, `input/…`, `output/…`, `mid/…` and what else its architecture records, beside
`NAME.json` with its settings.
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

from posemodels.architectures.parity_case import ParityFormat
from posemodels.architectures.registry import architecture_of_parity_case
from posemodels.errors import ParityCaseError
from posemodels.training.checkpoint import load_weights

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
    architecture, parity = architecture_of_parity_case(settings)
    strays = [key for key in arrays if key.partition("/")[0] not in ("state", "input", "output", "mid", *parity.groups)]
    if strays:
        raise ParityCaseError(f"{case}: not a parity case; unknown keys {strays[:5]}")
    module = architecture.build(parity.config(settings)).eval()
    load_weights(module, architecture.weights_of_checkpoint(_tensors(arrays, "state/")))
    produced = _run(module, parity, _given(parity, settings, arrays))
    suggested = _Tolerance(parity, settings, tolerance)
    return list(_compare(arrays, produced, [f"output/{name}" for name in parity.outputs], suggested))


class _Tolerance:
    """Largest absolute error by recorded name: one number for all, or the case's suggestion, which may be by output."""

    def __init__(self, parity: ParityFormat, settings: Mapping[str, Any], override: float | None) -> None:
        self._suggested = override or settings.get("suggested_tolerance_max_abs") or DEFAULT_TOLERANCE
        self._tolerance_of = parity.tolerance_of

    def of(self, name: str) -> float:
        if not isinstance(self._suggested, Mapping):
            return float(self._suggested)
        output = name.removeprefix("output/")
        if output not in self._suggested:
            beginnings = (beginning for beginning in self._tolerance_of if name.startswith(beginning))
            output = self._tolerance_of.get(next(beginnings, ""), "")
        return float(self._suggested.get(output, DEFAULT_TOLERANCE))


def _read(case: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    try:
        settings = json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))
        with np.load(case, allow_pickle=False) as archive:
            arrays = {key: archive[key] for key in archive.files}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise ParityCaseError(f"{case}: {error}") from error
    if not isinstance(settings, dict):
        raise ParityCaseError(f"{case}: its settings are not a JSON object")
    return settings, arrays


def _tensors(arrays: Arrays, prefix: str) -> dict[str, Tensor]:
    return {key[len(prefix) :]: torch.from_numpy(value) for key, value in arrays.items() if key.startswith(prefix)}


def _given(parity: ParityFormat, settings: Mapping[str, Any], arrays: Arrays) -> dict[str, Tensor]:
    """What the case holds for the network to run on, by full name."""
    missing = [name for name in parity.inputs if f"input/{name}" not in arrays]
    if missing:
        raise ParityCaseError(f"the case has no input {', '.join(missing)}")
    given = {
        name: tensor.float()
        for name, tensor in _tensors(arrays, "").items()
        if name.partition("/")[0] in ("input", *parity.groups)
    }
    for name in parity.inputs:
        tensor = given[f"input/{name}"]
        for axis, side in ((0, "batch"), (2, "height"), (3, "width")):
            if tensor.ndim != 4 or settings.get(side, tensor.shape[axis]) != tensor.shape[axis]:
                raise ParityCaseError(f"{name} is {tuple(tensor.shape)}; the settings say {side} {settings.get(side)}")
    return given


def _run(module: nn.Module, parity: ParityFormat, given: Mapping[str, Tensor]) -> dict[str, np.ndarray]:
    """Every output and intermediate under the name the case gives it."""
    produced: dict[str, np.ndarray] = {}

    def trace(name: str, tensor: Tensor) -> None:
        produced[f"mid/{name}"] = tensor.numpy()

    with torch.no_grad():
        try:
            outputs = parity.run(module, given, trace)
        except ValueError as error:
            raise ParityCaseError(f"the case cannot be run: {error}") from error
    return produced | {f"output/{name}": tensor.numpy() for name, tensor in outputs.items()}


def _compare(arrays: Arrays, produced: Arrays, required: list[str], tolerances: _Tolerance) -> Iterator[ParityResult]:
    recorded = [key for key in arrays if key.startswith(("output/", "mid/"))]
    for name in required:
        if name not in recorded:
            yield ParityResult(name, float("inf"), tolerances.of(name), "the case does not hold it")
    for name in sorted(recorded, key=lambda key: key.startswith("output/")):
        tolerance = tolerances.of(name)
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
