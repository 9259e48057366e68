using PoseFunctions.ModelImport.Conversion;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Tests.Support;

/// <summary>A model with one input and one result, converted and run by ONNX Runtime.</summary>
internal static class SmallModel
{
    public const string Input = "in";
    public const string Output = "out";

    /// <summary>A model of one operator.</summary>
    /// <param name="code">The operator.</param>
    /// <param name="from">Shape of its input.</param>
    /// <param name="to">Shape of its result.</param>
    /// <param name="others">Adds its other inputs.</param>
    /// <param name="options">Its parameters.</param>
    public static byte[] Of(BuiltinOperator code, int[] from, int[] to, Func<TfliteBuilder, int[]>? others = null, params Parameter[] options)
    {
        var model = new TfliteBuilder();
        var (input, output) = (model.Tensor(Input, from), model.Tensor(Output, to));
        model.Operator(code, [input, .. others?.Invoke(model) ?? []], [output], options);
        return model.Build([input], [output]);
    }

    public static ConvertedModel Convert(byte[] tflite) => GraphConverter.Convert(TfliteReader.Read(tflite), "small", Input, [new(Output, Output)]);

    /// <summary>Converts a model and runs it on one item.</summary>
    /// <param name="tflite">The model.</param>
    /// <param name="values">Its input, planar.</param>
    /// <returns>Its result, planar.</returns>
    public static float[] Run(byte[] tflite, params float[] values)
    {
        var converted = Convert(tflite);
        using var graph = new OnnxRun(converted.Bytes);
        return graph.Run(values, [1, .. converted.Input])[Output];
    }
}
