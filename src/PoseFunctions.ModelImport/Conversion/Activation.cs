using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion;

/// <summary>What an operator of TensorFlow Lite does to its result at the end (<c>ActivationFunctionType</c> of the schema).</summary>
internal static class Activation
{
    private const int None = 0;
    private const int Relu = 1;
    private const int Relu6 = 3;

    /// <returns>The name of the result after the activation.</returns>
    /// <exception cref="ModelImportException">Another activation than none, ReLU and ReLU6.</exception>
    public static string Apply(ConversionContext context, string value, int activation) => activation switch
    {
        None => value,
        Relu => context.Graph.Add("Relu", [value]),
        Relu6 => context.Graph.Add("Clip", [value, Scalar(context, 0), Scalar(context, 6)]),
        _ => throw new ModelImportException($"The activation {activation} is not known; none (0), ReLU (1) and ReLU6 (3) are."),
    };

    private static string Scalar(ConversionContext context, float value) => context.Graph.Add(ConstantTensor.Of(value).Reshape());
}
