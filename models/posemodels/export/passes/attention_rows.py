"""Attention over large maps a share of the queries at a time: the matrix of all pairs never exists as a whole.

Softmax runs over keys, so a share's rows are complete and its result is the same.
"""

from __future__ import annotations

from math import ceil, prod

import numpy as np
import onnx

from posemodels.export.passes.editing import GraphEditor, attributes

MAXIMUM_PAIRS = 1 << 23
"""Energies of one item held at once, 32 MiB: those of a picture of 256 x 176, a quarter of it a side."""


def split_attention(editor: GraphEditor) -> None:
    """Rewrites `softmax(queries x keys) x values`, turned or not, where there are more than `MAXIMUM_PAIRS` pairs."""
    for softmax in [node for node in editor.nodes if node.op_type == "Softmax"]:
        energies = editor.maker(softmax.input[0], "MatMul")
        pairs = editor.shapes[softmax.input[0]]
        if energies is None or len(pairs) != 3 or attributes(softmax).get("axis", -1) not in (-1, 2):
            continue
        if prod(pairs[1:]) <= MAXIMUM_PAIRS or not editor.is_read_once(energies.output[0]):
            continue
        weights = softmax.output[0]
        reader = _only_reader(editor, weights)
        turned = reader is not None and reader.op_type == "Transpose" and attributes(reader)["perm"] == [0, 2, 1]
        if reader is not None and turned:
            weights = reader.output[0]
            reader = _only_reader(editor, weights)
        if reader is not None and reader.op_type == "MatMul" and reader.input[1 if turned else 0] == weights:
            _split(editor, energies, reader, pairs[1], ceil(prod(pairs[1:]) / MAXIMUM_PAIRS), turned)


def _only_reader(editor: GraphEditor, name: str) -> onnx.NodeProto | None:
    readers = editor.readers(name)
    return readers[0] if len(readers) == 1 and name not in editor.outputs else None


def _split(
    editor: GraphEditor, energies: onnx.NodeProto, mixing: onnx.NodeProto, queries: int, shares: int, turned: bool
) -> None:
    ends = np.linspace(0, queries, shares + 1).round().astype(np.int64)
    axis = editor.constant(np.array([1], np.int64), "axis")
    mixed = []
    for begin, end in zip(ends[:-1], ends[1:]):
        limits = [editor.constant(np.array([limit], np.int64), "limit") for limit in (begin, end)]
        share = editor.emit("Slice", [energies.input[0], *limits, axis])
        weights = editor.emit("Softmax", [editor.emit("MatMul", [share, energies.input[1]])], axis=-1)
        if turned:
            weights = editor.emit("Transpose", [weights], perm=[0, 2, 1])
            mixed.append(editor.emit("MatMul", [mixing.input[0], weights]))
        else:
            mixed.append(editor.emit("MatMul", [weights, mixing.input[1]]))
    editor.replace(mixing.output[0], editor.emit("Concat", mixed, axis=2 if turned else 1))
