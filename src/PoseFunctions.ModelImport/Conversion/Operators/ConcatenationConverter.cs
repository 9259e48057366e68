using PoseFunctions.ModelImport.Onnx;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion.Operators;

/// <summary><c>CONCATENATION</c> of computed tensors.</summary>
internal sealed class ConcatenationConverter : IOperatorConverter
{
    public void Convert(TfliteOperator step, ConversionContext context)
    {
        var output = ConversionContext.Output(step);
        var shape = context.Shape(output);
        var axis = step.Options?.Number(0) ?? 0;
        if (axis < -shape.Count || axis >= shape.Count)
        {
            throw ConversionContext.Refuse(step, $"it has no axis {axis}");
        }

        var parts = Enumerable.Range(0, step.Inputs.Count).Select(input => context.Value(step, input)).ToList();
        var whole = context.Graph.Add("Concat", parts, OnnxAttribute.Number("axis", Axes.Planar(axis, shape)));
        context.Define(output, Activation.Apply(context, whole, step.Options?.Byte(1) ?? 0));
    }
}
