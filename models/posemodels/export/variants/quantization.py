"""Convolutions in 8-bit integers: activations without sign, weights with one and a scale for every output channel.

A quantized convolution is a `QLinearConv` with the padding before and the rectifier after it taken in: mirrored borders
are mirrored as integers, and a rectified output's zero is the integer 0, below which nothing goes. ONNX Runtime runs it
on the processor's VNNI instructions, four products where 32-bit floats do one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import onnx

from posemodels.export.passes.editing import GraphEditor, attributes

Range = tuple[float, float]


@dataclass(frozen=True)
class Candidate:
    """A convolution that can be quantized."""

    output: str
    """Name of what it makes, which also names it."""
    source: str
    """What it reads, before padding."""
    result: str
    """What is left of its output for others: rectified where that is all it is for."""
    rectified: bool
    pad: onnx.NodeProto | None
    node: onnx.NodeProto


def candidates(editor: GraphEditor) -> list[Candidate]:
    """The graph's convolutions of constant weights, in their order."""
    found = []
    for node in editor.nodes:
        if node.op_type != "Conv" or node.input[1] not in editor.constants:
            continue
        pad = editor.maker(node.input[0], "Pad")
        readers = editor.readers(node.output[0])
        rectified = len(readers) == 1 and readers[0].op_type == "Relu" and node.output[0] not in editor.outputs
        found.append(
            Candidate(
                output=node.output[0],
                source=node.input[0] if pad is None else pad.input[0],
                result=readers[0].output[0] if rectified else node.output[0],
                rectified=rectified,
                pad=pad,
                node=node,
            )
        )
    return found


def quantize(model: onnx.ModelProto, chosen: Collection[str], ranges: Mapping[str, Range]) -> onnx.ModelProto:
    """The graph with the chosen candidates, by their output's name, in integers.

    ranges: smallest and largest value of every candidate's source and result.
    """
    editor = GraphEditor(model)
    quantizer = _Quantizer(editor, ranges)
    for candidate in candidates(editor):
        if candidate.output in chosen:
            quantizer.convolution(candidate)
    quantizer.finish()
    return editor.model()


@dataclass(frozen=True)
class _Quantized:
    """An 8-bit value: real = (integer - zero) * scale."""

    name: str
    scale: np.float32
    zero: np.uint8


class _Quantizer:
    def __init__(self, editor: GraphEditor, ranges: Mapping[str, Range]) -> None:
        self.editor = editor
        self.ranges = ranges
        self.values: dict[str, _Quantized] = {}
        self.made: list[str] = []

    def convolution(self, candidate: Candidate) -> None:
        editor, node = self.editor, candidate.node
        source = self._value(candidate.source)
        taken = source.name
        if candidate.pad is not None:
            fill = [editor.constant(np.array(source.zero), "zero")]
            constant = attributes(candidate.pad).get("mode", b"constant") == b"constant"
            pads = [candidate.pad.input[1], *(fill if constant else [])]
            taken = editor.emit("Pad", [taken, *pads], **attributes(candidate.pad))
        weight = editor.constants[node.input[1]]
        largest = np.abs(weight).reshape(len(weight), -1).max(axis=1)
        scales = (np.maximum(largest, 1e-12) / 127).astype(np.float32)
        along = scales.reshape(-1, *[1] * (weight.ndim - 1))
        integers = np.clip(np.round(weight / along), -127, 127).astype(np.int8)
        scale, zero = self._parameters(candidate.result)
        inputs = [
            *(taken, *self._stored(source.scale, source.zero)),
            editor.constant(integers, f"{node.input[1]}.int8"),
            editor.constant(scales, "scales"),
            editor.constant(np.zeros(len(weight), np.int8), "zeros"),
            *self._stored(scale, zero),
        ]
        if len(node.input) > 2:
            bias = np.round(editor.constants[node.input[2]] / (scales * source.scale)).astype(np.int32)
            inputs.append(editor.constant(bias, "bias"))
        self.values[candidate.result] = _Quantized(editor.emit("QLinearConv", inputs, **attributes(node)), scale, zero)
        self.made.append(candidate.result)

    def finish(self) -> None:
        """Whatever still takes a quantized result in floats gets it in floats."""
        for name in self.made:
            value = self.values[name]
            stored = self._stored(value.scale, value.zero)
            self.editor.replace(name, self.editor.emit("DequantizeLinear", [value.name, *stored]))

    def _value(self, name: str) -> _Quantized:
        if name not in self.values:
            scale, zero = self._parameters(name)
            integers = self.editor.emit("QuantizeLinear", [name, *self._stored(scale, zero)])
            self.values[name] = _Quantized(integers, scale, zero)
        return self.values[name]

    def _parameters(self, name: str) -> tuple[np.float32, np.uint8]:
        low, high = min(self.ranges[name][0], 0.0), max(self.ranges[name][1], 0.0)
        scale = np.float32(max(high - low, 1e-6) / 255)
        return scale, np.uint8(round(-low / float(scale)))

    def _stored(self, scale: np.float32, zero: np.uint8) -> tuple[str, str]:
        return self.editor.constant(np.array(scale), "scale"), self.editor.constant(np.array(zero), "zero")
