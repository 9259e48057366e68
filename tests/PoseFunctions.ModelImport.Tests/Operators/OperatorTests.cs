using PoseFunctions.ModelImport.Tests.Support;
using PoseFunctions.ModelImport.Tflite;
using static PoseFunctions.ModelImport.Tests.Support.Parameter;

namespace PoseFunctions.ModelImport.Tests.Operators;

/// <summary>Every other operator gives what is computed by hand. Values go in and come out planar.</summary>
public sealed class OperatorTests
{
    [Fact]
    public void Add_OfAVector_AddsItsNumbersToTheChannels()
    {
        var model = SmallModel.Of(BuiltinOperator.Add, [1, 1, 2, 2], [1, 1, 2, 2], file => [file.Constant([2], 10, 100)]);

        Assert.Equal([11, 12, 103, 104], SmallModel.Run(model, 1, 2, 3, 4));
    }

    [Fact]
    public void Add_OfAnImage_AddsPixelByPixel()
    {
        var model = SmallModel.Of(BuiltinOperator.Add, [1, 1, 2, 2], [1, 1, 2, 2], file => [file.Constant([1, 1, 2, 2], 10, 20, 30, 40)]);

        // Pixels (10, 20) and (30, 40).
        Assert.Equal([11, 32, 23, 44], SmallModel.Run(model, 1, 2, 3, 4));
    }

    [Fact]
    public void Add_OfTheInputTwiceWithRelu6_EndsAt6()
    {
        var model = new TfliteBuilder();
        var (input, output) = (model.Tensor(SmallModel.Input, 1, 3), model.Tensor(SmallModel.Output, 1, 3));
        model.Operator(BuiltinOperator.Add, [input, input], [output], Byte(0, 3));

        Assert.Equal([0, 4, 6], SmallModel.Run(model.Build([input], [output]), -1, 2, 4));
    }

    [Fact]
    public void Pad_OfEverySide_PutsZerosThere()
    {
        // One row above, one column to the left, one channel behind.
        var model = SmallModel.Of(BuiltinOperator.Pad, [1, 1, 2, 1], [1, 2, 3, 2], file => [file.Integers([4, 2], 0, 0, 1, 0, 1, 0, 0, 1)]);

        Assert.Equal([0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0], SmallModel.Run(model, 1, 2));
    }

    [Fact]
    public void MaxPool_SameOnOddImage_TakesWhatIsThere()
    {
        var model = SmallModel.Of(
            BuiltinOperator.MaxPool2D, [1, 3, 3, 1], [1, 2, 2, 1], null, Byte(0, 0), Number(1, 2), Number(2, 2), Number(3, 2), Number(4, 2));

        Assert.Equal([-5, -6, -8, -9], SmallModel.Run(model, -9, -8, -7, -6, -5, -6, -8, -9, -9));
    }

    [Fact]
    public void MaxPool_Window_HasItsOwnHeightAndWidth()
    {
        var model = SmallModel.Of(
            BuiltinOperator.MaxPool2D, [1, 1, 4, 1], [1, 1, 2, 1], null, Byte(0, 1), Number(1, 2), Number(2, 1), Number(3, 2), Number(4, 1));

        Assert.Equal([2, 4], SmallModel.Run(model, 1, 2, 3, 4));
    }

    [Theory]
    [InlineData(false, false, 0f, 3f, 6f, 6f)]
    [InlineData(true, false, 0f, 2f, 4f, 6f)]
    [InlineData(false, true, 0f, 1.5f, 4.5f, 6f)]
    public void ResizeBilinear_ToTwiceTheWidth_FollowsItsCoordinates(bool alignCorners, bool halfPixels, params float[] expected)
    {
        var model = SmallModel.Of(
            BuiltinOperator.ResizeBilinear, [1, 1, 2, 1], [1, 1, 4, 1], file => [file.Integers([2], 1, 4)], Byte(2, alignCorners ? 1 : 0), Byte(3, halfPixels ? 1 : 0));

        Assert.Equal(expected, SmallModel.Run(model, 0, 6), (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void Reshape_OfAnImage_ReadsPixelAfterPixel()
    {
        var model = SmallModel.Of(BuiltinOperator.Reshape, [1, 1, 2, 2], [1, 4], file => [file.Integers([2], 1, 4)]);

        Assert.Equal([1, 3, 2, 4], SmallModel.Run(model, 1, 2, 3, 4));
    }

    [Fact]
    public void Reshape_ToAnImage_WritesPixelAfterPixel()
    {
        var model = SmallModel.Of(BuiltinOperator.Reshape, [1, 4], [1, 1, 2, 2]);

        Assert.Equal([1, 3, 2, 4], SmallModel.Run(model, 1, 2, 3, 4));
    }

    [Fact]
    public void Logistic_MakesProbabilities()
    {
        var model = SmallModel.Of(BuiltinOperator.Logistic, [1, 3], [1, 3]);

        Assert.Equal([0.5f, 0.75f, 0.25f], SmallModel.Run(model, 0, MathF.Log(3), -MathF.Log(3)), (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void DepthToSpace_OfEightChannels_CountsPlacesBeforeChannels()
    {
        var model = SmallModel.Of(BuiltinOperator.DepthToSpace, [1, 1, 1, 8], [1, 2, 2, 2], null, Number(0, 2));

        Assert.Equal([0, 2, 4, 6, 1, 3, 5, 7], SmallModel.Run(model, 0, 1, 2, 3, 4, 5, 6, 7));
    }

    [Theory]
    [InlineData(2, new[] { 1, 1, 4, 2 }, new[] { 1f, 2, 1, 2, 3, 4, 3, 4 })]
    [InlineData(3, new[] { 1, 1, 2, 4 }, new[] { 1f, 2, 3, 4, 1, 2, 3, 4 })]
    [InlineData(-1, new[] { 1, 1, 2, 4 }, new[] { 1f, 2, 3, 4, 1, 2, 3, 4 })]
    public void Concatenation_OfImages_FollowsTheirAxis(int axis, int[] to, float[] expected)
    {
        var model = new TfliteBuilder();
        var (input, output) = (model.Tensor(SmallModel.Input, 1, 1, 2, 2), model.Tensor(SmallModel.Output, to));
        model.Operator(BuiltinOperator.Concatenation, [input, input], [output], Number(0, axis));

        Assert.Equal(expected, SmallModel.Run(model.Build([input], [output]), 1, 2, 3, 4));
    }
}
