"""Writes the small graphs that the session tests run. Needs only the onnx package: python3 make_graphs.py"""

from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

FOLDER = Path(__file__).parent
BATCH = ["batch", 3, 4, 4]


def value(name: str, shape: list) -> object:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def write(name: str, nodes: list, inputs: list, outputs: list, initializers: list) -> None:
    graph = helper.make_graph(nodes, Path(name).name, inputs, outputs, initializers)
    model = helper.make_model(graph, producer_name="make_graphs", opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    model.model_version = 7
    helper.set_model_props(model, {"purpose": "test"})
    checker.check_model(model)
    save(model, str(FOLDER / f"{name}.onnx"))


def add_one() -> None:
    one = numpy_helper.from_array(np.ones((1,), np.float32), "one")
    write("add-one", [helper.make_node("Add", ["x", "one"], ["y"])], [value("x", BATCH)], [value("y", BATCH)], [one])


def product_loop() -> object:
    """The body of a loop whose every turn is a product of two 64 x 64 matrices."""
    return helper.make_graph(
        [
            helper.make_node("MatMul", ["state", "w"], ["product"]),
            helper.make_node("Tanh", ["product"], ["next"]),
            helper.make_node("Identity", ["go"], ["go_on"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("turn", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            value("state", [64, 64]),
        ],
        [helper.make_tensor_value_info("go_on", TensorProto.BOOL, []), value("next", [64, 64])],
        [numpy_helper.from_array(np.eye(64, dtype=np.float32), "w")],
    )


def slow() -> None:
    """A loop of 100,000,000 products: hours, unless it is stopped."""
    constants = [
        numpy_helper.from_array(np.array(100_000_000, np.int64), "turns"),
        numpy_helper.from_array(np.array(True), "true"),
    ]
    write(
        "slow",
        [helper.make_node("Loop", ["turns", "true", "x"], ["y"], body=product_loop())],
        [value("x", [64, 64])],
        [value("y", [64, 64])],
        constants,
    )


def endless() -> None:
    """A generator of 32 x 24 pixels that runs for minutes on every picture but a black one, so that it can be warmed up."""
    image, pose = ["batch", 3, 32, 24], ["batch", 18, 32, 24]
    constants = [
        numpy_helper.from_array(np.array(1e7, np.float32), "many"),
        numpy_helper.from_array(np.array(True), "true"),
        numpy_helper.from_array(np.zeros((64, 64), np.float32), "start"),
    ]
    write(
        "endless/model",
        [
            helper.make_node("ReduceMax", ["source_image"], ["brightest"], keepdims=0),
            helper.make_node("Mul", ["brightest", "many"], ["wanted"]),
            helper.make_node("Cast", ["wanted"], ["turns"], to=TensorProto.INT64),
            helper.make_node("Loop", ["turns", "true", "start"], ["end"], body=product_loop()),
            helper.make_node("ReduceMean", ["end"], ["zero"], keepdims=0),
            helper.make_node("Sub", ["target_pose", "source_pose"], ["moved"]),
            helper.make_node("ReduceMean", ["moved"], ["shift"], axes=[1], keepdims=1),
            helper.make_node("Add", ["source_image", "shift"], ["shifted"]),
            helper.make_node("Add", ["shifted", "zero"], ["generated_image"]),
        ],
        [value("source_image", image), value("source_pose", pose), value("target_pose", pose)],
        [value("generated_image", image)],
        constants,
    )


def blend(name: str, share: float) -> None:
    """A generator's signature in miniature: a share of the image, plus nothing of two poses but their mean."""
    half = numpy_helper.from_array(np.array([share], np.float32), "half")
    pose = ["batch", 18, 4, 4]
    write(
        name,
        [
            helper.make_node("Mul", ["source_image", "half"], ["dimmed"]),
            helper.make_node("Sub", ["target_pose", "source_pose"], ["moved"]),
            helper.make_node("ReduceMean", ["moved"], ["shift"], axes=[1], keepdims=1),
            helper.make_node("Add", ["dimmed", "shift"], ["generated_image"]),
        ],
        [value("source_image", BATCH), value("source_pose", pose), value("target_pose", pose)],
        [value("generated_image", BATCH)],
        [half],
    )


def labels() -> None:
    """Shows what it is fed: red is the source's label, green the target's, blue the noise times 16 plus 128."""
    parsing = ["batch", 4, 4, 4]
    constants = [
        numpy_helper.from_array(np.arange(4, dtype=np.float32).reshape(1, 4, 1, 1), "index"),
        numpy_helper.from_array(np.array([-1, 1, 4, 4], np.int64), "map"),
        numpy_helper.from_array(np.array(16, np.float32), "sixteen"),
        numpy_helper.from_array(np.array(128, np.float32), "middle"),
        numpy_helper.from_array(np.array(0, np.float32), "nothing"),
    ]
    write(
        "labels",
        [
            helper.make_node("Mul", ["source_parsing", "index"], ["source_planes"]),
            helper.make_node("ReduceMax", ["source_planes"], ["red"], axes=[1], keepdims=1),
            helper.make_node("Mul", ["target_parsing", "index"], ["target_planes"]),
            helper.make_node("ReduceMax", ["target_planes"], ["green"], axes=[1], keepdims=1),
            helper.make_node("Reshape", ["noise", "map"], ["noise_map"]),
            helper.make_node("Mul", ["noise_map", "sixteen"], ["loud"]),
            helper.make_node("Add", ["loud", "middle"], ["blue"]),
            helper.make_node("Concat", ["red", "green", "blue"], ["seen"], axis=1),
            helper.make_node("Mul", ["source_image", "nothing"], ["black"]),
            helper.make_node("Add", ["seen", "black"], ["generated_image"]),
        ],
        [value("source_image", BATCH), value("source_parsing", parsing), value("target_parsing", parsing), value("noise", ["batch", 16])],
        [value("generated_image", BATCH)],
        constants,
    )


def layout() -> None:
    """A layout model of 6 x 5 pixels that shows what it is fed: 1 at the target's right wrist, 2 at the source's, 3 where the source has 3."""
    parsing, pose = ["batch", 4, 6, 5], ["batch", 18, 6, 5]
    constants = [
        numpy_helper.from_array(np.array([4], np.int64), "right_wrist"),
        numpy_helper.from_array(np.array([3], np.int64), "last_label"),
        numpy_helper.from_array(np.array(0.75, np.float32), "less"),
        numpy_helper.from_array(np.array(0, np.float32), "nothing"),
        numpy_helper.from_array(np.array(0.5, np.float32), "half"),
    ]
    write(
        "layout/model",
        [
            helper.make_node("Gather", ["target_pose", "right_wrist"], ["target_wrist"], axis=1),
            helper.make_node("Gather", ["source_pose", "right_wrist"], ["source_wrist"], axis=1),
            helper.make_node("Gather", ["source_parsing", "last_label"], ["seen"], axis=1),
            helper.make_node("Mul", ["seen", "less"], ["last"]),
            helper.make_node("Mul", ["seen", "nothing"], ["zero"]),
            helper.make_node("Add", ["zero", "half"], ["background"]),
            helper.make_node("Concat", ["background", "target_wrist", "source_wrist", "last"], ["scores"], axis=1),
        ],
        [value("source_parsing", parsing), value("source_pose", pose), value("target_pose", pose)],
        [value("scores", parsing)],
        constants,
    )


def first_values(image: str, channel: int, count: int, shape: list, output: str, constants: list) -> list:
    """Nodes that read the first pixels of a channel, of 8 bits, as numbers from -128 on: tests write into photos what a model shall find."""
    name = f"{output}_{channel}"
    constants += [
        numpy_helper.from_array(np.array([channel, 0], np.int64), f"{name}_from"),
        numpy_helper.from_array(np.array([channel + 1, count], np.int64), f"{name}_to"),
        numpy_helper.from_array(np.array([1, 2], np.int64), f"{name}_axes"),
        numpy_helper.from_array(np.array([0, 3, -1], np.int64), f"{name}_flat"),
        numpy_helper.from_array(np.array([0, *shape], np.int64), f"{name}_shape"),
        numpy_helper.from_array(np.array(128, np.float32), f"{name}_zero"),
    ]
    return [
        helper.make_node("Reshape", [image, f"{name}_flat"], [f"{name}_rows"]),
        helper.make_node("Slice", [f"{name}_rows", f"{name}_from", f"{name}_to", f"{name}_axes"], [f"{name}_values"]),
        helper.make_node("Sub", [f"{name}_values", f"{name}_zero"], [f"{name}_numbers"]),
        helper.make_node("Reshape", [f"{name}_numbers", f"{name}_shape"], [output]),
    ]


def persons() -> None:
    """Finds whom a photo of 64 x 64 pixels says: four boxes in the first reds, their scores in the first greens."""
    constants: list = []
    nodes = first_values("image", 0, 32, [4, 8], "boxes", constants) + first_values("image", 1, 4, [4, 1], "box_scores", constants)
    outputs = [value("boxes", ["batch", 4, 8]), value("box_scores", ["batch", 4, 1])]
    write("persons", nodes, [value("image", ["batch", 3, 64, 64])], outputs, constants)


def landmarks() -> None:
    """Finds what a square of 8 x 8 pixels says: three landmarks in the first reds, the mask in the greens, features in the blues."""
    constants: list = []
    plane = [1, 8, 8]
    nodes = [
        *first_values("image", 0, 15, [15], "landmarks", constants),
        *first_values("image", 1, 64, plane, "person_mask", constants),
        *first_values("image", 2, 64, plane, "features", constants),
    ]
    outputs = [value("landmarks", ["batch", 15]), value("person_mask", ["batch", *plane]), value("features", ["batch", *plane])]
    write("landmarks", nodes, [value("image", ["batch", 3, 8, 8])], outputs, constants)


def roles() -> None:
    """A parser that shows what it is fed: 1 red, 2 the mask, 3 any joint, 4 the features; background where none of them is above a half."""
    plane = ["batch", 1, 8, 8]
    constants = [
        numpy_helper.from_array(np.array([0], np.int64), "red"),
        numpy_helper.from_array(np.array(0, np.float32), "nothing"),
        numpy_helper.from_array(np.array(0.5, np.float32), "half"),
    ]
    write(
        "roles",
        [
            helper.make_node("Gather", ["image", "red"], ["reds"], axis=1),
            helper.make_node("ReduceMax", ["pose"], ["joints"], axes=[1]),
            helper.make_node("Mul", ["person_mask", "nothing"], ["zero"]),
            helper.make_node("Add", ["zero", "half"], ["background"]),
            helper.make_node("Concat", ["background", "reds", "person_mask", "joints", "features"], ["scores"], axis=1),
        ],
        [value("image", ["batch", 3, 8, 8]), value("person_mask", plane), value("pose", ["batch", 18, 8, 8]), value("features", plane)],
        [value("scores", ["batch", 5, 8, 8])],
        constants,
    )


def carrying() -> None:
    """A generator of 4 x 4 pixels that gives the source back; red and green are the flow, blue the visibility, labels stay as they are."""
    constants = [
        numpy_helper.from_array(np.array([0, 1], np.int64), "red_green"),
        numpy_helper.from_array(np.array([2], np.int64), "blue"),
        numpy_helper.from_array(np.array(127.5, np.float32), "half"),
        numpy_helper.from_array(np.array(255, np.float32), "whole"),
        numpy_helper.from_array(np.array(1, np.float32), "one"),
    ]
    write(
        "carrying",
        [
            helper.make_node("Identity", ["source_image"], ["image"]),
            helper.make_node("Gather", ["source_image", "red_green"], ["places"], axis=1),
            helper.make_node("Div", ["places", "half"], ["doubled"]),
            helper.make_node("Sub", ["doubled", "one"], ["flow"]),
            helper.make_node("Gather", ["source_image", "blue"], ["seen"], axis=1),
            helper.make_node("Div", ["seen", "whole"], ["visibility"]),
            helper.make_node("Identity", ["source_parsing"], ["target_parsing"]),
        ],
        [value("source_image", BATCH), value("source_parsing", ["batch", 2, 4, 4]), value("target_pose", ["batch", 18, 4, 4])],
        [
            value("image", BATCH),
            value("flow", ["batch", 2, 4, 4]),
            value("visibility", ["batch", 1, 4, 4]),
            value("target_parsing", ["batch", 2, 4, 4]),
        ],
        constants,
    )


if __name__ == "__main__":
    labels()
    layout()
    add_one()
    slow()
    endless()
    blend("blend", 0.5)
    blend("rough-blend", 0.4375)
    persons()
    landmarks()
    roles()
    carrying()
