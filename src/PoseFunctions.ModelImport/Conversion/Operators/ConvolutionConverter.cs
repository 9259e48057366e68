using PoseFunctions.ModelImport.Onnx;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion.Operators;

/// <summary><c>CONV_2D</c>, in groups where the weights have fewer channels than the image.</summary>
internal sealed class ConvolutionConverter : IOperatorConverter
{
    public void Convert(TfliteOperator step, ConversionContext context)
    {
        var channels = context.Image(step, 0).Channels;
        var weights = context.Constant(step, 1);
        if (weights.Shape is not [_, > 0, > 0, > 0 and var inGroup] || channels % inGroup != 0)
        {
            throw ConversionContext.Refuse(step, $"its weights [{string.Join(", ", weights.Shape)}] do not fit {channels} channels");
        }

        // Weights are output x height x width x input, and become output x input x height x width.
        var window = new Window(step.Options, Activation: 3, Dilation: 4);
        Write(step, context, weights.Transpose(Axes.ToPlanar), channels / inGroup, window);
    }

    /// <summary>Adds the node and what follows it.</summary>
    /// <param name="step">The operator.</param>
    /// <param name="context">Where to.</param>
    /// <param name="weights">Output x input of a group x height x width.</param>
    /// <param name="groups">How many parts the channels are in.</param>
    /// <param name="window">Its other parameters.</param>
    public static void Write(TfliteOperator step, ConversionContext context, ConstantTensor weights, int groups, Window window)
    {
        var (height, width, _) = context.Image(step, 0);
        var kernel = (Height: weights.Shape[2], Width: weights.Shape[3]);
        var inputs = new List<string> { context.Value(step, 0), context.Graph.Add(weights) };
        if (ConversionContext.Has(step, 2))
        {
            inputs.Add(context.Graph.Add(context.Constant(step, 2)));
        }

        var result = context.Graph.Add(
            "Conv",
            inputs,
            OnnxAttribute.Numbers("kernel_shape", kernel.Height, kernel.Width),
            OnnxAttribute.Numbers("strides", window.Step.Height, window.Step.Width),
            OnnxAttribute.Numbers("dilations", window.Dilated.Height, window.Dilated.Width),
            OnnxAttribute.Number("group", groups),
            Padding.Of(window.Padding, (height, width), window.Grow(kernel), window.Step));
        context.Define(ConversionContext.Output(step), Activation.Apply(context, result, window.Activated));
    }
}
