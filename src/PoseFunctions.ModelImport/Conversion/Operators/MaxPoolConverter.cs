using PoseFunctions.ModelImport.Onnx;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion.Operators;

/// <summary><c>MAX_POOL_2D</c>.</summary>
internal sealed class MaxPoolConverter : IOperatorConverter
{
    public void Convert(TfliteOperator step, ConversionContext context)
    {
        var (height, width, _) = context.Image(step, 0);
        var window = new Window(step.Options, Activation: 5);
        var size = (Height: step.Options?.Number(4) ?? 0, Width: step.Options?.Number(3) ?? 0);
        if (size.Height < 1 || size.Width < 1)
        {
            throw ConversionContext.Refuse(step, "its window has no size");
        }

        var result = context.Graph.Add(
            "MaxPool",
            [context.Value(step, 0)],
            OnnxAttribute.Numbers("kernel_shape", size.Height, size.Width),
            OnnxAttribute.Numbers("strides", window.Step.Height, window.Step.Width),
            Padding.Of(window.Padding, (height, width), size, window.Step));
        context.Define(ConversionContext.Output(step), Activation.Apply(context, result, window.Activated));
    }
}
