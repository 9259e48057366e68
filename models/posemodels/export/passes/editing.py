"""A graph taken apart for rewriting: nodes in any order, constants as arrays."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

from posemodels.export.shapes import Shape, infer_shapes


class GraphEditor:
    """Nodes to change, add and replace; `model()` puts them in order and leaves out what no output needs."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self._model = model
        self.constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
        self.nodes: list[onnx.NodeProto] = []
        for node in model.graph.node:
            if node.op_type == "Constant" and len(node.attribute) == 1 and node.attribute[0].name == "value":
                self.constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
            else:
                copied = onnx.NodeProto()
                copied.CopyFrom(node)
                self.nodes.append(copied)
        self.outputs = [value.name for value in model.graph.output]
        self.shapes: dict[str, Shape] = infer_shapes(model)
        """Of the values that the graph had before it was changed, for a batch of one."""
        self._stored: dict[tuple[str, Shape, bytes], str] = {}
        self._taken = self.constants.keys() | {name for node in self.nodes for name in (*node.input, *node.output)}

    def maker(self, name: str, operator: str | None = None) -> onnx.NodeProto | None:
        """The node that makes a value, where there is one (of this operator)."""
        found = next((node for node in self.nodes if name in node.output), None)
        return found if found is not None and operator in (None, found.op_type) else None

    def readers(self, name: str) -> list[onnx.NodeProto]:
        """The nodes that take a value; a graph output has none for itself."""
        return [node for node in self.nodes if name in node.input]

    def is_read_once(self, name: str) -> bool:
        """Whether one input of one node is all that the value is for."""
        return name not in self.outputs and sum(list(node.input).count(name) for node in self.nodes) == 1

    def constant(self, array: np.ndarray, hint: str) -> str:
        """Stores an array, or finds one that is equal, and returns its name."""
        key = array.dtype.str, array.shape, array.tobytes()
        if key not in self._stored:
            self._stored[key] = self._fresh(hint)
            self.constants[self._stored[key]] = array
        return self._stored[key]

    def emit(self, operator: str, inputs: Sequence[str], **attributes: Any) -> str:
        """Adds a node of one output and returns the output's name."""
        name = self._fresh(operator)
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, **attributes))
        return name

    def reshape(self, name: str, shape: Sequence[int]) -> str:
        """`Reshape` to constant sizes, of which one may be -1."""
        return self.emit("Reshape", [name, self.constant(np.array(shape, np.int64), "shape")])

    def replace(self, old: str, new: str) -> None:
        """Whoever takes `old` takes `new` from now on; an output keeps its name."""
        maker = self.maker(old)
        if maker is not None:
            maker.output[list(maker.output).index(old)] = self._fresh("replaced")
        for node in self.nodes:
            for at, name in enumerate(node.input):
                if name == old:
                    node.input[at] = new
        if old in self.outputs:
            # The new value takes over the name under which the outside knows the output.
            for node in self.nodes:
                node.input[:] = [old if name == new else name for name in node.input]
                node.output[:] = [old if name == new else name for name in node.output]

    def model(self) -> onnx.ModelProto:
        """The changed graph, checked."""
        made = onnx.ModelProto()
        made.CopyFrom(self._model)
        ordered = self._ordered()
        used = {name for node in ordered for name in node.input} | set(self.outputs)
        del made.graph.node[:], made.graph.initializer[:], made.graph.value_info[:]
        made.graph.node.extend(ordered)
        made.graph.initializer.extend(
            numpy_helper.from_array(np.ascontiguousarray(array), name)
            for name, array in self.constants.items()
            if name in used
        )
        onnx.checker.check_model(made)
        return made

    def _ordered(self) -> list[onnx.NodeProto]:
        """What the outputs need, each node after those that it takes from."""
        makers = {name: node for node in self.nodes for name in node.output}
        ordered: list[onnx.NodeProto] = []
        placed: set[int] = set()
        waiting = [makers[name] for name in reversed(self.outputs) if name in makers]
        while waiting:
            node = waiting[-1]
            missing = [makers[name] for name in node.input if name in makers and id(makers[name]) not in placed]
            if not missing:
                waiting.pop()
                if id(node) not in placed:
                    placed.add(id(node))
                    ordered.append(node)
            waiting.extend(reversed(missing))
        return ordered

    def _fresh(self, hint: str) -> str:
        name = next(name for name in (f"{hint}.{at}" for at in itertools.count(1)) if name not in self._taken)
        self._taken.add(name)
        return name


def attributes(node: onnx.NodeProto) -> dict[str, Any]:
    """Values of the attributes by name."""
    return {item.name: helper.get_attribute_value(item) for item in node.attribute}
