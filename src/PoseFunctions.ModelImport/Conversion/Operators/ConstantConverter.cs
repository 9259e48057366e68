using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion.Operators;

/// <summary>
/// <c>DEQUANTIZE</c> of 16-bit floats and <c>DENSIFY</c>: both only change how weights are stored, which the reader and the writer see to.
/// </summary>
internal sealed class ConstantConverter : IOperatorConverter
{
    public void Convert(TfliteOperator step, ConversionContext context) => context.Define(ConversionContext.Output(step), context.Constant(step, 0));
}
