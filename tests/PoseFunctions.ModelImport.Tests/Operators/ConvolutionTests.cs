using PoseFunctions.ModelImport.Tests.Support;
using PoseFunctions.ModelImport.Tflite;
using static PoseFunctions.ModelImport.Tests.Support.Parameter;

namespace PoseFunctions.ModelImport.Tests.Operators;

/// <summary>Convolutions give what is computed by hand. Fields: 0 padding, 1 and 2 steps, 3 or 4 activation, then dilations.</summary>
public sealed class ConvolutionTests
{
    private const int Same = 0;
    private const int Valid = 1;

    [Fact]
    public void Convolution_SameWithStep2OnEvenImage_PadsAtTheEndOnly()
    {
        var model = SmallModel.Of(
            BuiltinOperator.Conv2D, [1, 4, 4, 1], [1, 2, 2, 1], file => [file.Constant([1, 3, 3, 1], [.. Enumerable.Repeat(1f, 9)])], Byte(0, Same), Number(1, 2), Number(2, 2));

        // Rows and columns 0 to 2, and 2 to 3.
        Assert.Equal([54, 45, 72, 54], SmallModel.Run(model, [.. Enumerable.Range(1, 16).Select(value => (float)value)]));
    }

    [Fact]
    public void Convolution_OfChannels_MixesThemByOutputThenInput()
    {
        var model = SmallModel.Of(
            BuiltinOperator.Conv2D, [1, 1, 2, 2], [1, 1, 2, 2], file => [file.Constant([2, 1, 1, 2], 1, 10, 100, 1000)], Byte(0, Valid), Number(1, 1), Number(2, 1));

        // Pixels (1, 2) and (3, 4).
        Assert.Equal([21, 43, 2100, 4300], SmallModel.Run(model, 1, 3, 2, 4));
    }

    [Theory]
    [InlineData(0, -19f, 1f, 21f)]
    [InlineData(1, 0f, 1f, 21f)]
    [InlineData(3, 0f, 1f, 6f)]
    public void Convolution_BiasAndActivation_ComeAfterTheSum(int activation, params float[] expected)
    {
        var model = SmallModel.Of(
            BuiltinOperator.Conv2D, [1, 1, 3, 1], [1, 1, 3, 1], file => [file.Constant([1, 1, 1, 1], 10), file.Constant([1], 1)],
            Byte(0, Valid), Number(1, 1), Number(2, 1), Byte(3, activation));

        Assert.Equal(expected, SmallModel.Run(model, -2, 0, 2));
    }

    [Fact]
    public void Convolution_Dilated_SkipsPixels()
    {
        var model = SmallModel.Of(
            BuiltinOperator.Conv2D, [1, 1, 5, 1], [1, 1, 1, 1], file => [file.Constant([1, 1, 3, 1], 1, 10, 100)],
            Byte(0, Valid), Number(1, 1), Number(2, 1), Number(4, 2), Number(5, 1));

        Assert.Equal([531], SmallModel.Run(model, 1, 2, 3, 4, 5));
    }

    [Fact]
    public void Convolution_DifferentStepsAndKernelSides_AreNotMixedUp()
    {
        // Two rows and one column a window; one row down, two columns to the right.
        var model = SmallModel.Of(
            BuiltinOperator.Conv2D, [1, 3, 3, 1], [1, 2, 2, 1], file => [file.Constant([1, 2, 1, 1], 1, 100)], Byte(0, Valid), Number(1, 2), Number(2, 1));

        Assert.Equal([401, 603, 704, 906], SmallModel.Run(model, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    [Fact]
    public void Convolution_WeightsWithFewerChannels_WorksInGroups()
    {
        var model = SmallModel.Of(
            BuiltinOperator.Conv2D, [1, 1, 1, 4], [1, 1, 1, 2], file => [file.Constant([2, 1, 1, 2], 1, 10, 100, 1000)], Byte(0, Valid), Number(1, 1), Number(2, 1));

        Assert.Equal([21, 4300], SmallModel.Run(model, 1, 2, 3, 4));
    }

    [Fact]
    public void DepthwiseConvolution_TwoResultsAChannel_StandSideBySide()
    {
        var model = SmallModel.Of(
            BuiltinOperator.DepthwiseConv2D, [1, 1, 1, 2], [1, 1, 1, 4], file => [file.Constant([1, 1, 1, 4], 1, 10, 100, 1000)],
            Byte(0, Same), Number(1, 1), Number(2, 1), Number(3, 2));

        Assert.Equal([2, 20, 300, 3000], SmallModel.Run(model, 2, 3));
    }

    [Fact]
    public void DepthwiseConvolution_Window_IsReadRowByRowForEachChannel()
    {
        // Two channels, and for each a row of three weights.
        var model = SmallModel.Of(
            BuiltinOperator.DepthwiseConv2D, [1, 1, 3, 2], [1, 1, 1, 2], file => [file.Constant([1, 1, 3, 2], 1, 7, 10, 70, 100, 700)],
            Byte(0, Valid), Number(1, 1), Number(2, 1), Number(3, 1), Byte(4, 0));

        Assert.Equal([321, 7 * 654], SmallModel.Run(model, 1, 2, 3, 4, 5, 6));
    }

    [Fact]
    public void Convolution_WeightsThatDoNotFit_AreRefused()
    {
        var model = SmallModel.Of(
            BuiltinOperator.Conv2D, [1, 1, 1, 3], [1, 1, 1, 1], file => [file.Constant([1, 1, 1, 2], 1, 1)], Byte(0, Valid), Number(1, 1), Number(2, 1));

        Assert.Contains("do not fit 3 channels", Assert.Throws<ModelImportException>(() => SmallModel.Convert(model)).Message, StringComparison.Ordinal);
    }
}
