"""Recorded inputs and outputs that any runtime can replay: little-endian float32 arrays one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from posemodels.export.manifest import GOLDEN_TOLERANCE

FILE_NAME = "golden.bin"


def write_golden(tensors: Mapping[str, Tensor], folder: Path) -> dict[str, Any]:
    """Writes the tensors and returns the manifest's `golden` entry, which says where each of them lies."""
    entries = []
    offset = 0
    with (folder / FILE_NAME).open("wb") as file:
        for name, tensor in tensors.items():
            data = tensor.detach().contiguous().numpy().astype("<f4").tobytes()
            entries.append({"name": name, "shape": list(tensor.shape), "offset": offset})
            offset += file.write(data)
    return {"file": FILE_NAME, "tolerance": GOLDEN_TOLERANCE, "tensors": entries}


def read_golden(golden: Mapping[str, Any], folder: Path) -> dict[str, np.ndarray]:
    """Reads the arrays back by the manifest's `golden` entry."""
    data = (folder / golden["file"]).read_bytes()
    arrays = {}
    for entry in golden["tensors"]:
        count = int(np.prod(entry["shape"]))
        values = np.frombuffer(data, dtype="<f4", count=count, offset=entry["offset"])
        arrays[entry["name"]] = values.reshape(entry["shape"])
    return arrays
