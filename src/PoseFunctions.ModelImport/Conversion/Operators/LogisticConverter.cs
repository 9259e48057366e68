using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion.Operators;

/// <summary><c>LOGISTIC</c>.</summary>
internal sealed class LogisticConverter : IOperatorConverter
{
    public void Convert(TfliteOperator step, ConversionContext context) =>
        context.Define(ConversionContext.Output(step), context.Graph.Add("Sigmoid", [context.Value(step, 0)]));
}
