"""1x1 transposed convolutions as the ordinary ones that they equal: a runtime has better kernels for those."""

from __future__ import annotations

import numpy as np

from posemodels.export.passes.editing import GraphEditor, attributes


def use_ordinary_convolutions(editor: GraphEditor) -> None:
    """Rewrites transposed convolutions of one tap and a stride of one."""
    for node in [node for node in editor.nodes if node.op_type == "ConvTranspose"]:
        weight, settings = editor.constants.get(node.input[1]), attributes(node)
        plain = settings.get("strides", [1, 1]) == [1, 1] and not any(settings.get("pads", [0] * 4))
        extended = any(settings.get("output_padding", [0, 0]))
        if weight is None or weight.shape[2:] != (1, 1) or not plain or extended or settings.get("group", 1) != 1:
            continue
        turned = editor.constant(np.ascontiguousarray(weight.transpose(1, 0, 2, 3)), f"{node.input[1]}.turned")
        made = editor.emit("Conv", [node.input[0], turned, *node.input[2:]], kernel_shape=[1, 1])
        editor.replace(node.output[0], made)
