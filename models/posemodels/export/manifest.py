"""The manifest of an exported model, as `docs/model-manifest.md` defines it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

SCHEMA_VERSION = 1
OPSET = 17
GRAPH_FILE = "model.onnx"
BATCH_AXIS = "batch"
GOLDEN_TOLERANCE = 1e-3

_MAP_AXES = 4

OPENPOSE_ORDER = (
    "nose",
    "neck",
    "right_shoulder",
    "right_elbow",
    "right_wrist",
    "left_shoulder",
    "left_elbow",
    "left_wrist",
    "right_hip",
    "right_knee",
    "right_ankle",
    "left_hip",
    "left_knee",
    "left_ankle",
    "right_eye",
    "left_eye",
    "right_ear",
    "left_ear",
)


@dataclass(frozen=True, kw_only=True)
class TensorSpec:
    """An input or output of the graph. Its shape is that of the example it is exported with."""

    name: str
    role: str
    is_image: bool = False
    """RGB in [-1, 1], that is `(v - 127.5) / 127.5` of 8-bit values."""


@dataclass(frozen=True, kw_only=True)
class EncoderSpec:
    """The first graph of a generator that comes as two: photo in, latents out."""

    file: str
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    background_latents: int
    """How many latents, the first ones, describe the background."""


@dataclass(frozen=True, kw_only=True)
class ModelSpec:
    """All that a manifest says about a model and that the graph itself cannot tell."""

    name: str
    version: str
    kind: Literal["generator", "keypoints", "layout", "parsing"]
    architecture: str
    license: str
    description: str
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    encoder: EncoderSpec | None = None
    sigma: float | None = None
    """Gaussian sigma of the heatmaps in native pixels; None for parsing models, which have no keypoints."""
    keypoints: tuple[str, ...] = OPENPOSE_ORDER
    labels: tuple[str, ...] | None = None
    label_mapping: Mapping[str, tuple[str, ...]] | None = None
    """Models fed parsing maps: for each of `labels`, those of our own label names that it merges."""
    fit: Literal["letterbox", "stretch", "personSquare", "uprightSquare"] = "letterbox"
    fit_margin: float | None = None
    decoder: Mapping[str, Any] | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)
    metrics_command: str | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9-]+", self.name):
            raise ValueError(f"name must match [a-z0-9-]+, got {self.name!r}")
        if not re.fullmatch(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?", self.version):
            raise ValueError(f"version must be a semantic version, got {self.version!r}")
        if (self.fit in ("personSquare", "uprightSquare")) != (self.fit_margin is not None):
            raise ValueError(f"fit_margin goes with a square fit alone, got {self.fit_margin} with {self.fit!r}")
        if self.label_mapping is not None and tuple(self.label_mapping) != self.labels:
            raise ValueError(f"label_mapping names {tuple(self.label_mapping)}, labels are {self.labels}")


def build_manifest(
    spec: ModelSpec,
    shapes: Mapping[str, tuple[int, ...]],
    sha256: Mapping[str, str],
    golden: Mapping[str, Any],
) -> dict[str, Any]:
    """The manifest's content.

    shapes: of the example tensors, by name; that of the first input map is the native size. sha256: of the graph files.
    """
    height, width = next(shapes[tensor.name][2:] for tensor in spec.inputs if len(shapes[tensor.name]) == _MAP_AXES)
    manifest: dict[str, Any] = {
        "schemaVersion": SCHEMA_VERSION,
        "name": spec.name,
        "version": spec.version,
        "kind": spec.kind,
        "architecture": spec.architecture,
        "file": GRAPH_FILE,
        "sha256": sha256[GRAPH_FILE],
        "opset": OPSET,
        "license": spec.license,
        "description": spec.description,
        "height": height,
        "width": width,
        "inputs": [_tensor(tensor, shapes) for tensor in spec.inputs],
        "outputs": [_tensor(tensor, shapes) for tensor in spec.outputs],
        "keypoints": None if spec.sigma is None else {"order": list(spec.keypoints), "sigma": spec.sigma},
        "labels": None if spec.labels is None else list(spec.labels),
    }
    if spec.label_mapping is not None:
        manifest["labelMapping"] = {name: list(merged) for name, merged in spec.label_mapping.items()}
    if spec.encoder is not None:
        manifest["encoder"] = {
            "file": spec.encoder.file,
            "sha256": sha256[spec.encoder.file],
            "inputs": [_tensor(tensor, shapes) for tensor in spec.encoder.inputs],
            "outputs": [_tensor(tensor, shapes) for tensor in spec.encoder.outputs],
            "backgroundLatents": spec.encoder.background_latents,
        }
    manifest["fit"] = spec.fit
    if spec.fit_margin is not None:
        manifest["fitMargin"] = spec.fit_margin
    manifest["decoder"] = None if spec.decoder is None else dict(spec.decoder)
    manifest["metrics"] = dict(spec.metrics)
    if spec.metrics_command is not None:
        manifest["metricsCommand"] = spec.metrics_command
    manifest["golden"] = dict(golden)
    return manifest


def _tensor(tensor: TensorSpec, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": tensor.name,
        "role": tensor.role,
        "type": "float32",
        "shape": [BATCH_AXIS, *shapes[tensor.name][1:]],
    }
    if len(shapes[tensor.name]) == _MAP_AXES:
        entry["layout"] = "NCHW"
    if tensor.is_image:
        entry |= {"mean": [127.5] * 3, "std": [127.5] * 3}
    return entry
