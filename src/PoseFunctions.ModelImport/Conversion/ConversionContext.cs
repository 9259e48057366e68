using PoseFunctions.ModelImport.Onnx;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion;

/// <summary>What is known while a graph is converted: the new graph, and for tensors of the old one where they are in it.</summary>
internal sealed class ConversionContext(TfliteModel model, OnnxGraph graph)
{
    private readonly Dictionary<int, string> values = [];
    private readonly Dictionary<int, ConstantTensor> constants = [];

    public OnnxGraph Graph => graph;

    /// <summary>Sizes of a tensor as TensorFlow Lite has them, with a batch of 1.</summary>
    public IReadOnlyList<int> Shape(int tensor) => model.Tensors[tensor].Shape;

    /// <summary>Sizes of an operator's input, likewise.</summary>
    public IReadOnlyList<int> Shape(TfliteOperator step, int input) => Shape(Input(step, input));

    /// <summary>Sizes of an operator's input.</summary>
    /// <exception cref="ModelImportException">It is no image of four axes.</exception>
    public (int Height, int Width, int Channels) Image(TfliteOperator step, int input) => Shape(step, input) is [_, var height, var width, var channels]
        ? (height, width, channels)
        : throw Refuse(step, "it works on a tensor that is no image of four axes");

    /// <summary>The values of an operator's input.</summary>
    /// <exception cref="ModelImportException">They are computed, or there is no such input.</exception>
    public ConstantTensor Constant(TfliteOperator step, int input) =>
        ConstantOf(Input(step, input)) ?? throw Refuse(step, $"its input {input} is computed, where a constant is needed");

    /// <summary>The values of an operator's input; null where they are computed.</summary>
    public ConstantTensor? FindConstant(TfliteOperator step, int input) => ConstantOf(Input(step, input));

    /// <summary>The name in the new graph of an operator's input.</summary>
    /// <exception cref="ModelImportException">It is a constant, or nothing computes it.</exception>
    public string Value(TfliteOperator step, int input) =>
        values.GetValueOrDefault(Input(step, input)) ?? throw Refuse(step, $"its input {input} is a constant, where a computed tensor is needed");

    /// <summary>The name in the new graph of any tensor that is computed.</summary>
    public string Value(int tensor) => values.GetValueOrDefault(tensor) ?? throw new ModelImportException($"Nothing computes the tensor '{model.Tensors[tensor].Name}'.");

    /// <summary>Says under which name an operator's result, or the graph's input, is found.</summary>
    public void Define(int tensor, string value) => values[tensor] = value;

    /// <summary>Says that a result is the same for every input.</summary>
    public void Define(int tensor, ConstantTensor constant) => constants[tensor] = constant;

    /// <summary>The one result of an operator.</summary>
    public static int Output(TfliteOperator step) => step.Outputs is [var output] ? output : throw Refuse(step, $"it has {step.Outputs.Count} results");

    /// <summary>Whether an operator has an input that may be left out.</summary>
    public static bool Has(TfliteOperator step, int input) => input < step.Inputs.Count && step.Inputs[input] >= 0;

    public static ModelImportException Refuse(TfliteOperator step, string because) => new($"The {step} cannot be converted: {because}.");

    private static int Input(TfliteOperator step, int input) => Has(step, input) ? step.Inputs[input] : throw Refuse(step, $"it has no input {input}");

    private ConstantTensor? ConstantOf(int tensor) => constants.GetValueOrDefault(tensor) ?? model.Tensors[tensor].Constant;
}
