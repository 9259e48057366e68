"""Between which values the tensors of a graph lie on given inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import onnx
from onnx import helper

from posemodels.export.runtime import Session
from posemodels.export.variants.quantization import Range


def measure_ranges(
    model: onnx.ModelProto, names: Iterable[str], batches: Iterable[Mapping[str, np.ndarray]]
) -> dict[str, Range]:
    """Smallest and largest value of each named tensor over all batches, on ONNX Runtime."""
    inputs = {value.name for value in model.graph.input}
    inner = sorted(set(names) - inputs)
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    known = {value.name for value in model.graph.output}
    watched.graph.output.extend(
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in inner if name not in known
    )
    ranges: dict[str, Range] = {}
    with Session(watched.SerializeToString(), inner) as session:
        for batch in batches:
            found = dict(zip(inner, session.run(batch))) | {name: batch[name] for name in inputs & set(names)}
            for name, array in found.items():
                low, high = ranges.get(name, (np.inf, -np.inf))
                ranges[name] = min(low, float(array.min())), max(high, float(array.max()))
    return ranges
