"""One call from a module to a model folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from posemodels.errors import ExportError
from posemodels.export.golden import write_golden
from posemodels.export.manifest import GRAPH_FILE, ModelSpec, build_manifest
from posemodels.export.onnx import write_onnx


def export_model(
    module: nn.Module, example_inputs: Mapping[str, Tensor], spec: ModelSpec, folder: Path, *, plain: bool = False
) -> dict[str, Any]:
    """Writes `model.onnx`, `golden.bin` and `manifest.json` into the folder and returns the manifest.

    module: takes the inputs in the order of `spec.inputs` and returns a tensor, or a tuple in the order of
    `spec.outputs`. example_inputs: name to B x C x H x W float32; they become the golden inputs, so two realistic items
    are a good choice. Every exported axis but the first is as large as in the example.
    plain: as for `write_onnx`.
    """
    names = [tensor.name for tensor in spec.inputs]
    if set(example_inputs) != set(names):
        raise ExportError(f"example inputs {sorted(example_inputs)} are not the model's {sorted(names)}")
    inputs = {name: example_inputs[name].float().contiguous() for name in names}
    with torch.no_grad():
        result = module.eval()(*inputs.values())
    results = result if isinstance(result, tuple) else (result,)
    if len(results) != len(spec.outputs):
        raise ExportError(f"the module returns {len(results)} tensors, the description names {len(spec.outputs)}")
    outputs = {tensor.name: value.contiguous() for tensor, value in zip(spec.outputs, results)}

    folder.mkdir(parents=True, exist_ok=True)
    write_onnx(module, inputs, outputs, folder / GRAPH_FILE, plain=plain)
    return write_manifest(spec, inputs | outputs, folder)


def write_manifest(spec: ModelSpec, tensors: Mapping[str, Tensor], folder: Path) -> dict[str, Any]:
    """Writes `golden.bin` and `manifest.json` beside the graphs and returns the manifest. tensors: golden, by name."""
    files = [GRAPH_FILE] if spec.encoder is None else [GRAPH_FILE, spec.encoder.file]
    sha256 = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}
    shapes = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
    manifest = build_manifest(spec, shapes, sha256, write_golden(tensors, folder))
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest
