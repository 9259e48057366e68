using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion.Operators;

/// <summary><c>ADD</c>, of two computed tensors or of one and a constant.</summary>
internal sealed class AddConverter : IOperatorConverter
{
    public void Convert(TfliteOperator step, ConversionContext context)
    {
        var output = ConversionContext.Output(step);
        var rank = context.Shape(output).Count;
        var sum = context.Graph.Add("Add", [Term(step, context, 0, rank), Term(step, context, 1, rank)]);
        context.Define(output, Activation.Apply(context, sum, step.Options?.Byte(0) ?? 0));
    }

    private static string Term(TfliteOperator step, ConversionContext context, int input, int rank)
    {
        if (context.FindConstant(step, input) is { } constant)
        {
            return context.Graph.Add(Fit(constant, rank));
        }

        return context.Shape(step, input).Count == rank
            ? context.Value(step, input)
            : throw ConversionContext.Refuse(step, "its inputs have different numbers of axes");
    }

    // A constant of fewer axes stands for the last ones, which are others in the new graph.
    private static ConstantTensor Fit(ConstantTensor constant, int rank)
    {
        var whole = constant.Reshape([.. Enumerable.Repeat(1, Math.Max(rank - constant.Rank, 0)), .. constant.Shape]);
        return Axes.IsImage(whole.Shape) ? whole.Transpose(Axes.ToPlanar) : whole;
    }
}
