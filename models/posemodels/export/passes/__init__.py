"""Rewrites of an exported graph that leave what it computes as it is, and make it cheaper.

Each is one file and one function. `PASSES` are those that serve every runtime and device, in the order in which they
work on each other's results; `tiled_layout.py` serves the CPU alone and makes a variant of its own.
"""

from __future__ import annotations

from collections.abc import Callable

import onnx

from posemodels.export.passes.attention_rows import split_attention
from posemodels.export.passes.editing import GraphEditor
from posemodels.export.passes.pointwise import use_ordinary_convolutions
from posemodels.export.passes.shared_channels import merge_shared_channels

Pass = Callable[[GraphEditor], None]

PASSES: tuple[Pass, ...] = (
    use_ordinary_convolutions,
    merge_shared_channels,
    split_attention,
)


def optimize(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same inputs to the same outputs, up to rounding, by fewer operations."""
    for rewrite in PASSES:
        editor = GraphEditor(model)
        rewrite(editor)
        model = editor.model()
    return model
