"""Transposed 3x3 convolutions that double a map, as ordinary ones: a 2x2 convolution gives the four outputs of every
position as channels, which are then laid out in space.

Takes 16 products where 9 suffice, so it pays only where ordinary convolutions are much faster, as in integers, and
where there are channels enough that laying them out in space counts for little.

Shapes: C channels in, O channels out.
"""

from __future__ import annotations

import numpy as np

from posemodels.export.passes.editing import GraphEditor, attributes

MINIMUM_CHANNELS = 128
"""Of a convolution's input: below, what the products save is lost again on moving outputs."""

_REACH: dict[int, tuple[int, int | None]] = {0: (1, None), 1: (2, 0)}
"""For an output's parity: the kernel's tap at the position itself, and at the next one."""


def use_sub_pixel_convolutions(editor: GraphEditor) -> None:
    """Rewrites transposed convolutions of kernel 3, stride 2, padding 1 and output padding 1.

    A rectifier after one comes before the layout in space, next to the convolution.
    """
    for node in [node for node in editor.nodes if node.op_type == "ConvTranspose"]:
        weight_CO33, settings = editor.constants.get(node.input[1]), attributes(node)
        doubles = (
            settings.get("strides") == [2, 2]
            and settings.get("pads") == [1] * 4
            and settings.get("output_padding") == [1, 1]
            and settings.get("group", 1) == 1
            and settings.get("dilations", [1, 1]) == [1, 1]
        )
        if weight_CO33 is None or weight_CO33.shape[2:] != (3, 3) or not doubles:
            continue
        if len(weight_CO33) < MINIMUM_CHANNELS:
            continue
        inputs = [node.input[0], editor.constant(_sub_pixel_kernel(weight_CO33), f"{node.input[1]}.sub_pixel")]
        if len(node.input) > 2:
            inputs.append(editor.constant(np.tile(editor.constants[node.input[2]], 4), "bias"))
        made = editor.emit("Conv", inputs, kernel_shape=[2, 2], pads=[0, 0, 1, 1])
        readers = editor.readers(node.output[0])
        rectified = len(readers) == 1 and readers[0].op_type == "Relu" and node.output[0] not in editor.outputs
        if rectified:
            made = editor.emit("Relu", [made])
        laid_out = editor.emit("DepthToSpace", [made], blocksize=2, mode="DCR")
        editor.replace(readers[0].output[0] if rectified else node.output[0], laid_out)


def _sub_pixel_kernel(weight_CO33: np.ndarray) -> np.ndarray:
    """4 * O x C x 2 x 2: outputs by row parity, then column parity, then channel."""
    channels, outputs = weight_CO33.shape[:2]
    kernel = np.zeros((2, 2, outputs, channels, 2, 2), weight_CO33.dtype)
    for row, row_taps in _REACH.items():
        for column, column_taps in _REACH.items():
            for down, row_tap in enumerate(row_taps):
                for right, column_tap in enumerate(column_taps):
                    if row_tap is not None and column_tap is not None:
                        kernel[row, column, :, :, down, right] = weight_CO33[:, :, row_tap, column_tap].T
    return kernel.reshape(4 * outputs, channels, 2, 2)
