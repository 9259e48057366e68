"""A convolution that reads the same channels twice reads them once, with the sum of both weights.

XingGAN's last layers take the appearance and the shape stream, which carries the appearance already.
"""

from __future__ import annotations

import numpy as np
import onnx

from posemodels.export.passes.editing import GraphEditor, attributes

_INPUT_AXIS = {"Conv": 1, "ConvTranspose": 0}
"""Which axis of the weight counts the channels that come in."""


def merge_shared_channels(editor: GraphEditor) -> None:
    """Rewrites convolutions of a concatenation, nested ones included, in which a value occurs more than once."""
    for node in [node for node in editor.nodes if node.op_type in _INPUT_AXIS]:
        weight, axis = editor.constants.get(node.input[1]), _INPUT_AXIS[node.op_type]
        parts = _parts(editor, node.input[0])
        if weight is None or attributes(node).get("group", 1) != 1 or len(set(parts)) == len(parts):
            continue
        ends = np.cumsum([editor.shapes[part][1] for part in parts])[:-1]
        summed: dict[str, np.ndarray] = {}
        for part, of_part in zip(parts, np.split(weight, ends, axis=axis)):
            summed[part] = summed[part] + of_part if part in summed else of_part
        merged = np.ascontiguousarray(np.concatenate(list(summed.values()), axis=axis))
        source = editor.emit("Concat", list(summed), axis=1) if len(summed) > 1 else parts[0]
        made = editor.emit(
            node.op_type,
            [source, editor.constant(merged, f"{node.input[1]}.merged"), *node.input[2:]],
            **attributes(node),
        )
        editor.replace(node.output[0], made)


def _parts(editor: GraphEditor, name: str) -> list[str]:
    """What a value consists of along its channels."""
    maker: onnx.NodeProto | None = editor.maker(name, "Concat")
    if maker is None or attributes(maker)["axis"] != 1:
        return [name]
    return [part for inner in maker.input for part in _parts(editor, inner)]
