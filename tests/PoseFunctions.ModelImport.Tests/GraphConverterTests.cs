using PoseFunctions.ModelImport.Conversion;
using PoseFunctions.ModelImport.Tests.Support;
using PoseFunctions.ModelImport.Tflite;
using static PoseFunctions.ModelImport.Tests.Support.Parameter;

namespace PoseFunctions.ModelImport.Tests;

/// <summary>Whole graphs: batches, inner tensors as outputs, what is left out and what is refused.</summary>
public sealed class GraphConverterTests
{
    [Fact]
    public void Convert_RunWithSeveralItems_GivesWhatEachGivesAlone()
    {
        using var graph = new OnnxRun(SmallModel.Convert(ResizedAndFlat()).Bytes);

        Assert.Equal([0, 1, 3, 4, 8, 7, 5, 4], graph.Run([0, 4, 8, 4], 2, 1, 1, 2)[SmallModel.Output]);
    }

    [Fact]
    public void Convert_InnerTensor_BecomesAnOutputBesideOthers()
    {
        var converted = GraphConverter.Convert(TfliteReader.Read(ResizedAndFlat()), "small", "photo", [new(SmallModel.Output, "flat"), new("inner", "features")]);
        using var graph = new OnnxRun(converted.Bytes);
        var outputs = graph.Run([0, 4], 1, 1, 1, 2);

        Assert.Equal(["photo"], graph.Session.InputNames);
        Assert.Equal(outputs["flat"], outputs["features"]);
        Assert.Equal([-1, 4], graph.Session.OutputMetadata["flat"].Dimensions);
        Assert.Equal([-1, 1, 1, 4], graph.Session.OutputMetadata["features"].Dimensions);
        Assert.Equal(["batch", "", "", ""], graph.Session.OutputMetadata["features"].SymbolicDimensions);
        Assert.Equal([[4], [1, 1, 4]], converted.Outputs);
    }

    [Fact]
    public void Convert_Twice_GivesTheSameBytes() => Assert.Equal(SmallModel.Convert(ResizedAndFlat()).Bytes, SmallModel.Convert(ResizedAndFlat()).Bytes);

    [Fact]
    public void Convert_WithoutAnInnerOutput_LeavesOutWhatOnlyItNeeds()
    {
        var model = new TfliteBuilder();
        var (input, output, other) = (model.Tensor(SmallModel.Input, 1, 2), model.Tensor(SmallModel.Output, 1, 2), model.Tensor("other", 1, 2));
        model.Operator(BuiltinOperator.Logistic, [input], [output]);
        model.Custom("Strange", [input], [other]);

        Assert.Equal([0.5f, 0.5f], SmallModel.Run(model.Build([input], [output, other]), 0, 0));
    }

    [Fact]
    public void Convert_OperatorThatNobodyKnows_IsNamed()
    {
        var custom = new TfliteBuilder();
        var (input, output) = (custom.Tensor(SmallModel.Input, 1, 2), custom.Tensor(SmallModel.Output, 1, 2));
        custom.Custom("Strange", [input], [output]);

        Assert.Contains("custom operator 'Strange'", Refusal(custom.Build([input], [output])), StringComparison.Ordinal);
        Assert.Contains("operator HardSwish", Refusal(SmallModel.Of(BuiltinOperator.HardSwish, [1, 2], [1, 2])), StringComparison.Ordinal);
        Assert.Contains("operator 205", Refusal(SmallModel.Of((BuiltinOperator)205, [1, 2], [1, 2])), StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_UnknownActivation_IsRefused() => Assert.Contains(
        "activation 4", Refusal(SmallModel.Of(BuiltinOperator.Add, [1, 2], [1, 2], file => [file.Constant([2], 1, 2)], Byte(0, 4))), StringComparison.Ordinal);

    [Fact]
    public void Convert_SizeThatNoFactorGives_IsRefused() => Assert.Contains(
        "no factor makes exactly", Refusal(SmallModel.Of(BuiltinOperator.ResizeBilinear, [1, 11, 11, 1], [1, 13, 13, 1], file => [file.Integers([2], 13, 13)])), StringComparison.Ordinal);

    [Fact]
    public void Convert_OutputThatIsNotThere_IsNamed()
    {
        var failure = Assert.Throws<ModelImportException>(
            () => GraphConverter.Convert(TfliteReader.Read(ResizedAndFlat()), "small", "photo", [new("features", "features")]));

        Assert.Contains("0 tensors named 'features'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_OperatorWithComputedWeights_IsRefused() => Assert.Contains(
        "its input 1 is computed", Refusal(SmallModel.Of(BuiltinOperator.Conv2D, [1, 1, 1, 1], [1, 1, 1, 1], file => [file.Tensor("weights", 1, 1, 1, 1)])), StringComparison.Ordinal);

    private static string Refusal(byte[] model) => Assert.Throws<ModelImportException>(() => SmallModel.Convert(model)).Message;

    private static byte[] ResizedAndFlat()
    {
        var model = new TfliteBuilder();
        var (input, inner, output) = (model.Tensor(SmallModel.Input, 1, 1, 2, 1), model.Tensor("inner", 1, 1, 4, 1), model.Tensor(SmallModel.Output, 1, 4));
        model.Operator(BuiltinOperator.ResizeBilinear, [input, model.Integers([2], 1, 4)], [inner], Byte(3, 1));
        model.Operator(BuiltinOperator.Reshape, [inner], [output]);
        return model.Build([input], [output]);
    }
}
