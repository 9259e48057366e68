using PoseFunctions.ModelImport.Conversion.Operators;
using PoseFunctions.ModelImport.Onnx;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion;

/// <summary>
/// Converts a graph of TensorFlow Lite with one input: NHWC becomes NCHW, a batch of 1 any batch, and what no wanted output needs is
/// left out.
/// </summary>
internal static class GraphConverter
{
    private static readonly Dictionary<BuiltinOperator, IOperatorConverter> Converters = new()
    {
        [BuiltinOperator.Add] = new AddConverter(),
        [BuiltinOperator.Concatenation] = new ConcatenationConverter(),
        [BuiltinOperator.Conv2D] = new ConvolutionConverter(),
        [BuiltinOperator.DepthwiseConv2D] = new DepthwiseConvolutionConverter(),
        [BuiltinOperator.DepthToSpace] = new DepthToSpaceConverter(),
        [BuiltinOperator.Dequantize] = new ConstantConverter(),
        [BuiltinOperator.Densify] = new ConstantConverter(),
        [BuiltinOperator.Logistic] = new LogisticConverter(),
        [BuiltinOperator.MaxPool2D] = new MaxPoolConverter(),
        [BuiltinOperator.Pad] = new PadConverter(),
        [BuiltinOperator.Reshape] = new ReshapeConverter(),
        [BuiltinOperator.ResizeBilinear] = new ResizeConverter(),
    };

    /// <param name="model">What is converted.</param>
    /// <param name="name">The new graph's name.</param>
    /// <param name="input">The name that its input gets.</param>
    /// <param name="wanted">Its outputs.</param>
    /// <exception cref="ModelImportException">The model has several inputs, lacks a tensor, or has an operator that is not converted.</exception>
    public static ConvertedModel Convert(TfliteModel model, string name, string input, IReadOnlyList<WantedOutput> wanted)
    {
        if (model.Inputs is not [var source])
        {
            throw new ModelImportException($"The model has {model.Inputs.Count} inputs; models with one are converted.");
        }

        var graph = new OnnxGraph(name);
        var context = new ConversionContext(model, graph);
        var outputs = wanted.Select(output => model.Find(output.Tensor)).ToList();
        graph.AddInput(input, Item(model, source));
        context.Define(source, input);
        foreach (var step in Needed(model, outputs))
        {
            Convert(step, context);
        }

        foreach (var (output, tensor) in wanted.Zip(outputs))
        {
            graph.AddOutput(context.Value(tensor), output.Name, Item(model, tensor));
        }

        return new(graph.ToBytes(), Item(model, source), [.. outputs.Select(tensor => Item(model, tensor))]);
    }

    private static void Convert(TfliteOperator step, ConversionContext context)
    {
        var converter = Converters.GetValueOrDefault(step.Code) ?? throw ConversionContext.Refuse(step, "no converter knows it");
        try
        {
            converter.Convert(step, context);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            // Parameters are looked up only now.
            throw new ModelImportException($"The file is damaged: the {step} has parameters that are not in it.", exception);
        }
    }

    // Backwards, because operators stand in an order in which they can be computed.
    private static Stack<TfliteOperator> Needed(TfliteModel model, IEnumerable<int> outputs)
    {
        var tensors = outputs.ToHashSet();
        var steps = new Stack<TfliteOperator>();
        foreach (var step in model.Operators.Reverse().Where(step => step.Outputs.Any(tensors.Contains)))
        {
            tensors.UnionWith(step.Inputs);
            steps.Push(step);
        }

        return steps;
    }

    private static IReadOnlyList<int> Item(TfliteModel model, int tensor) => model.Tensors[tensor].Shape is [1, ..] and var shape
        ? [.. Axes.Planar(shape).Skip(1)]
        : throw new ModelImportException($"The tensor '{model.Tensors[tensor].Name}' has no batch of 1 as its first axis.");
}
