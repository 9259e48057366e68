using PoseFunctions.ModelImport.Onnx;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion.Operators;

/// <summary><c>RESHAPE</c> of every item of a batch. Elements are in the order of NHWC, so images are turned before and after.</summary>
internal sealed class ReshapeConverter : IOperatorConverter
{
    private const int AnyBatch = -1;

    public void Convert(TfliteOperator step, ConversionContext context)
    {
        var output = ConversionContext.Output(step);
        var shape = context.Shape(output);
        if (shape is not [1, ..])
        {
            throw ConversionContext.Refuse(step, "its result has no batch of 1 as its first axis");
        }

        var value = context.Value(step, 0);
        if (Axes.IsImage(context.Shape(step, 0)))
        {
            value = context.Graph.Add("Transpose", [value], OnnxAttribute.Numbers("perm", Axes.ToInterleaved));
        }

        value = context.Graph.Add("Reshape", [value, context.Graph.Add([AnyBatch, .. shape.Skip(1).Select(size => (long)size)])]);
        context.Define(output, Axes.IsImage(shape)
            ? context.Graph.Add("Transpose", [value], OnnxAttribute.Numbers("perm", Axes.ToPlanar))
            : value);
    }
}
