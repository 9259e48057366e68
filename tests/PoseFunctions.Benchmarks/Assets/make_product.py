"""Writes the matrix product that the benchmark measures the machine's peak with. Needs only the onnx package."""

from pathlib import Path

from onnx import TensorProto, checker, helper, save

if __name__ == "__main__":
    a, b, product = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", "n"]) for name in ("a", "b", "product")
    )
    graph = helper.make_graph([helper.make_node("MatMul", ["a", "b"], ["product"])], "product", [a, b], [product])
    model = helper.make_model(graph, producer_name="make_product", opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    checker.check_model(model)
    save(model, str(Path(__file__).parent / "product.onnx"))
