using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion.Operators;

/// <summary><c>DEPTHWISE_CONV_2D</c>: as many groups as the image has channels.</summary>
internal sealed class DepthwiseConvolutionConverter : IOperatorConverter
{
    public void Convert(TfliteOperator step, ConversionContext context)
    {
        var channels = context.Image(step, 0).Channels;
        var weights = context.Constant(step, 1);
        if (weights.Shape is not [1, > 0, > 0, > 0 and var results] || channels == 0 || results % channels != 0)
        {
            throw ConversionContext.Refuse(step, $"its weights [{string.Join(", ", weights.Shape)}] do not fit {channels} channels");
        }

        // Weights are 1 x height x width x output, and become output x 1 x height x width. Field 3 is the multiplier, which the shape tells.
        var window = new Window(step.Options, Activation: 4, Dilation: 5);
        ConvolutionConverter.Write(step, context, weights.Transpose(3, 0, 1, 2), channels, window);
    }
}
