"""Lets the 3x3 convolutions that pay it run as Winograd's, and what lies between them in the layout that these need.

In tiled order a map is P x B x C: channels last, and positions by their place within a tile of 4 x 4 first, by their
tile second. 1x1 convolutions and attention do not care about the order of positions, so a chain of blocks enters the
layout once and leaves it once. The batch lies within the positions, so that a product takes all items at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
import onnx

from posemodels.export.passes.editing import GraphEditor, attributes
from posemodels.export.passes.winograd import TILE, add_bias, emit_winograd, tiled_order

MINIMUM_CHANNELS = 32
"""Of a convolution's input and output: below, moving patches takes longer than the products that it saves."""


class Kind(Enum):
    """What a value in tiled order stands for in the graph as it was; it is stored as P x B x C, or B x P x Q."""

    MAP = auto()
    """B x C x H x W."""
    ROWS = auto()
    """B x C x P."""
    TURNED = auto()
    """B x P x C."""
    PAIRS = auto()
    """B x P x Q: something for every two positions."""
    PAIRS_TURNED = auto()
    """B x Q x P."""


_TRANSPOSED = {
    Kind.ROWS: Kind.TURNED,
    Kind.TURNED: Kind.ROWS,
    Kind.PAIRS: Kind.PAIRS_TURNED,
    Kind.PAIRS_TURNED: Kind.PAIRS,
}


@dataclass(frozen=True)
class Tiled:
    """A value in tiled order."""

    name: str
    kind: Kind
    size: tuple[int, int]
    """Height and width of the map whose positions P counts."""
    other_size: tuple[int, int] | None = None
    """Of pairs: the same of Q."""


def use_tiled_layout(editor: GraphEditor) -> None:
    """Rewrites the graph where a 3x3 convolution of enough channels works on a map of whole tiles."""
    _TiledLayout(editor).apply()


class _TiledLayout:
    def __init__(self, editor: GraphEditor) -> None:
        self.editor = editor
        self.tiled: dict[str, Tiled] = {}

    def apply(self) -> None:
        rewritten = set()
        original = list(self.editor.nodes)
        for node in original:
            rewrite = _REWRITES.get(node.op_type)
            made = rewrite(self, node) if rewrite is not None else None
            if made is not None:
                self.tiled[node.output[0]] = made
                rewritten.add(id(node))
        kept = [node for node in original if id(node) not in rewritten]
        needed = {name for node in kept for name in node.input} | set(self.editor.outputs)
        for name, value in list(self.tiled.items()):
            maker = self.editor.maker(name)
            if maker is not None and id(maker) in rewritten and name in needed:
                self.editor.replace(name, self._leave(value, name))

    def _enter(self, name: str) -> Tiled | None:
        """The map in tiled order; None where it is no map of whole tiles."""
        if name not in self.tiled:
            shape = self.editor.shapes.get(name, ())
            if len(shape) != 4 or name in self.editor.constants or shape[2] % TILE or shape[3] % TILE:
                return None
            _, channels, height, width = shape
            rows = self.editor.reshape(name, [-1, channels, height * width])
            turned = self.editor.emit("Transpose", [rows], perm=[2, 0, 1])
            order = self.editor.constant(tiled_order(height, width), "tiled_order")
            self.tiled[name] = Tiled(self.editor.emit("Gather", [turned, order], axis=0), Kind.MAP, (height, width))
        value = self.tiled[name]
        return value if value.kind == Kind.MAP else None

    def _enter_rows(self, name: str, size: tuple[int, int] | None) -> Tiled | None:
        """B x C x P in tiled order; None where these are no positions of a map of this size."""
        maker = self.editor.maker(name, "Reshape")
        shape = None if maker is None else self.editor.shapes.get(maker.input[0])
        if maker is None or shape is None or shape[2:] != size or len(self.editor.shapes[name]) != 3:
            return None
        entered = self._enter(maker.input[0])
        return None if entered is None else Tiled(entered.name, Kind.ROWS, entered.size)

    def _leave(self, value: Tiled, name: str) -> str:
        """The value as it was, row by row."""
        if value.other_size is not None:
            positions = self._row_by_row(self._row_by_row(value.name, value.size, axis=1), value.other_size, axis=2)
            if value.kind == Kind.PAIRS:
                return positions
            return self.editor.emit("Transpose", [positions], perm=[0, 2, 1])
        positions = self._row_by_row(value.name, value.size, axis=0)
        if value.kind == Kind.TURNED:
            return self._by_item(positions)
        turned = self.editor.emit("Transpose", [positions], perm=[1, 2, 0])
        return self.editor.reshape(turned, [-1, *self.editor.shapes[name][1:]])

    def _by_item(self, name_PBC: str) -> str:
        """B x P x C, or back from it."""
        return self.editor.emit("Transpose", [name_PBC], perm=[1, 0, 2])

    def _row_by_row(self, name: str, size: tuple[int, int], axis: int) -> str:
        order = np.argsort(tiled_order(*size))
        return self.editor.emit("Gather", [name, self.editor.constant(order, "row_order")], axis=axis)

    def convolution(self, node: onnx.NodeProto) -> Tiled | None:
        weight, settings = self.editor.constants.get(node.input[1]), attributes(node)
        if weight is None or settings.get("group", 1) != 1 or settings.get("strides", [1, 1]) != [1, 1]:
            return None
        bias = self.editor.constants[node.input[2]] if len(node.input) > 2 else None
        pads = settings.get("pads", [0] * 4)
        if weight.shape[2:] == (1, 1) and pads == [0] * 4:
            return self._pointwise(node, weight[:, :, 0, 0], bias)
        if weight.shape[2:] != (3, 3) or settings.get("dilations", [1, 1]) != [1, 1]:
            return None
        if min(weight.shape[:2]) < MINIMUM_CHANNELS:
            return None
        source, reflect = node.input[0], False
        if pads == [0] * 4:
            pad = self.editor.maker(source, "Pad")
            if pad is None or not self._mirrors_one(pad):
                return None
            source, reflect = pad.input[0], True
        elif pads != [1] * 4:
            return None
        entered = self._enter(source)
        if entered is None:
            return None
        made = emit_winograd(self.editor, entered.name, weight, bias, entered.size, reflect)
        return Tiled(made, Kind.MAP, entered.size)

    def _mirrors_one(self, pad: onnx.NodeProto) -> bool:
        sizes = self.editor.constants.get(pad.input[1])
        mirrors = attributes(pad).get("mode") == b"reflect"
        return mirrors and sizes is not None and sizes.tolist() == [0, 0, 1, 1, 0, 0, 1, 1]

    def _pointwise(self, node: onnx.NodeProto, weight_OC: np.ndarray, bias: np.ndarray | None) -> Tiled | None:
        source = self.tiled.get(node.input[0])
        if source is None or source.kind != Kind.MAP:
            return None
        weight = self.editor.constant(np.ascontiguousarray(weight_OC.T), "pointwise")
        made = add_bias(self.editor, self.editor.emit("MatMul", [source.name, weight]), bias)
        return Tiled(made, Kind.MAP, source.size)

    def unary(self, node: onnx.NodeProto) -> Tiled | None:
        source = self.tiled.get(node.input[0])
        if source is None or len(node.input) > 1:
            return None
        made = self.editor.emit(node.op_type, [source.name], **attributes(node))
        return Tiled(made, source.kind, source.size, source.other_size)

    def softmax(self, node: onnx.NodeProto) -> Tiled | None:
        source = self.tiled.get(node.input[0])
        axis = attributes(node).get("axis", -1)
        over_last = source is not None and source.kind in (Kind.TURNED, Kind.PAIRS) and axis in (-1, 2)
        if source is None or not (over_last or (source.kind == Kind.MAP and axis == 1)):
            return None
        made = self.editor.emit("Softmax", [source.name], axis=-1)
        return Tiled(made, source.kind, source.size, source.other_size)

    def binary(self, node: onnx.NodeProto) -> Tiled | None:
        known = next((self.tiled[name] for name in node.input if name in self.tiled), None)
        if known is None:
            return None
        names = []
        for name in node.input:
            constant = self.editor.constants.get(name)
            if constant is not None and constant.size == 1:
                names.append(self.editor.constant(constant.reshape(-1), "scalar"))
                continue
            value = self.tiled.get(name) or (self._enter(name) if known.kind == Kind.MAP else None)
            if value is None or (value.kind, value.size, value.other_size) != (
                known.kind,
                known.size,
                known.other_size,
            ):
                return None
            if self.editor.shapes[name] != self.editor.shapes[node.output[0]]:
                return None
            names.append(value.name)
        return Tiled(self.editor.emit(node.op_type, names), known.kind, known.size, known.other_size)

    def concat(self, node: onnx.NodeProto) -> Tiled | None:
        if attributes(node)["axis"] != 1 or not any(name in self.tiled for name in node.input):
            return None
        values = [self._enter(name) for name in node.input]
        known = [value for value in values if value is not None]
        if len(known) != len(values):
            return None
        made = self.editor.emit("Concat", [value.name for value in known], axis=2)
        return Tiled(made, Kind.MAP, known[0].size)

    def reshape(self, node: onnx.NodeProto) -> Tiled | None:
        source = self.tiled.get(node.input[0])
        if source is None:
            return None
        before, after = self.editor.shapes[node.input[0]], self.editor.shapes[node.output[0]]
        height, width = source.size
        if source.kind == Kind.MAP and after == (*before[:2], height * width):
            return Tiled(source.name, Kind.ROWS, source.size)
        if source.kind == Kind.ROWS and after == (*before[:2], height, width):
            return Tiled(source.name, Kind.MAP, source.size)
        return None

    def transpose(self, node: onnx.NodeProto) -> Tiled | None:
        source = self.tiled.get(node.input[0])
        if source is None or source.kind not in _TRANSPOSED or attributes(node)["perm"] != [0, 2, 1]:
            return None
        return Tiled(source.name, _TRANSPOSED[source.kind], source.size, source.other_size)

    def product(self, node: onnx.NodeProto) -> Tiled | None:
        left, right = (self.tiled.get(name) for name in node.input)
        if left is None and right is not None and right.kind == Kind.PAIRS_TURNED:
            # The values come from elsewhere: reordering them is less work than reordering all pairs.
            left = self._enter_rows(node.input[0], right.other_size)
        if left is None or right is None:
            return None
        kinds = left.kind, right.kind
        if kinds == (Kind.TURNED, Kind.ROWS):
            keys_BCQ = self.editor.emit("Transpose", [right.name], perm=[1, 2, 0])
            pairs = self.editor.emit("MatMul", [self._by_item(left.name), keys_BCQ])
            return Tiled(pairs, Kind.PAIRS, left.size, right.size)
        if kinds == (Kind.ROWS, Kind.PAIRS_TURNED):
            return self._mixed(right, left, Kind.ROWS)
        if kinds == (Kind.PAIRS, Kind.TURNED):
            return self._mixed(left, right, Kind.TURNED)
        return None

    def _mixed(self, pairs: Tiled, values: Tiled, kind: Kind) -> Tiled:
        """Values of Q positions, mixed for each of P."""
        mixed_BPC = self.editor.emit("MatMul", [pairs.name, self._by_item(values.name)])
        return Tiled(self._by_item(mixed_BPC), kind, pairs.size)


_REWRITES: dict[str, Callable[[_TiledLayout, onnx.NodeProto], Tiled | None]] = {
    "Conv": _TiledLayout.convolution,
    "Concat": _TiledLayout.concat,
    "MatMul": _TiledLayout.product,
    "Reshape": _TiledLayout.reshape,
    "Softmax": _TiledLayout.softmax,
    "Transpose": _TiledLayout.transpose,
    **dict.fromkeys(("Add", "Sub", "Mul", "Div"), _TiledLayout.binary),
    **dict.fromkeys(("Relu", "LeakyRelu", "Sigmoid", "Tanh"), _TiledLayout.unary),
}
