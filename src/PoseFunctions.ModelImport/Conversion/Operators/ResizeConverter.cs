using PoseFunctions.ModelImport.Onnx;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion.Operators;

/// <summary><c>RESIZE_BILINEAR</c>, by factors, because sizes would fix the batch.</summary>
internal sealed class ResizeConverter : IOperatorConverter
{
    public void Convert(TfliteOperator step, ConversionContext context)
    {
        var (height, width, _) = context.Image(step, 0);
        if (context.Constant(step, 1) is not { Type: TfliteType.Int32, Shape: [2] } size)
        {
            throw ConversionContext.Refuse(step, "its size is not given by two numbers");
        }

        var factors = ConstantTensor.Of(1, 1, Factor(step, height, size.Integers()[0]), Factor(step, width, size.Integers()[1]));
        var coordinates = (step.Options?.Flag(2), step.Options?.Flag(3)) switch
        {
            (true, _) => "align_corners",
            (_, true) => "half_pixel",
            _ => "asymmetric",
        };
        var result = context.Graph.Add(
            "Resize",
            [context.Value(step, 0), "", context.Graph.Add(factors)],
            OnnxAttribute.Text("mode", "linear"),
            OnnxAttribute.Text("coordinate_transformation_mode", coordinates));
        context.Define(ConversionContext.Output(step), result);
    }

    // ONNX rounds size x factor down, so the factor must not be a hair too small.
    private static float Factor(TfliteOperator step, int from, int to) => from > 0 && (int)(from * ((float)to / from)) == to
        ? (float)to / from
        : throw ConversionContext.Refuse(step, $"no factor makes exactly {to} of {from}");
}
