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


if __name__ == "__main__":
    labels()
    layout()
    add_one()
    slow()
    endless()
    blend("blend", 0.5)
    blend("rough-blend", 0.4375)
