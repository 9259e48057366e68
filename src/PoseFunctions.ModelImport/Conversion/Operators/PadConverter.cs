using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion.Operators;

/// <summary><c>PAD</c> with zeros.</summary>
internal sealed class PadConverter : IOperatorConverter
{
    public void Convert(TfliteOperator step, ConversionContext context)
    {
        var shape = context.Shape(step, 0);
        var amounts = context.Constant(step, 1);
        if (amounts.Type != TfliteType.Int32 || amounts.Shape is not [var axes, 2] || axes != shape.Count)
        {
            throw ConversionContext.Refuse(step, "it does not say before and after every axis how much");
        }

        // Before and after for one axis after the other; ONNX wants all before, then all after.
        var values = amounts.Integers();
        var order = Axes.IsImage(shape) ? Axes.ToPlanar : [.. Enumerable.Range(0, axes)];
        var pads = order.Select(axis => (long)values[2 * axis]).Concat(order.Select(axis => (long)values[(2 * axis) + 1])).ToList();
        context.Define(ConversionContext.Output(step), context.Graph.Add("Pad", [context.Value(step, 0), context.Graph.Add(pads)]));
    }
}
