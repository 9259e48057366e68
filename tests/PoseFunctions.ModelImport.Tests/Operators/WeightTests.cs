using PoseFunctions.ModelImport.Tests.Support;
using PoseFunctions.ModelImport.Tflite;
using static PoseFunctions.ModelImport.Tests.Support.Parameter;

namespace PoseFunctions.ModelImport.Tests.Operators;

/// <summary>Weights that are stored small come out as they were.</summary>
public sealed class WeightTests
{
    private static readonly Parameter[] OneByOne = [Byte(0, 1), Number(1, 1), Number(2, 1)];

    [Fact]
    public void Dequantize_OfHalves_GivesTheirValuesAndKeepsThemSmall()
    {
        var weights = Enumerable.Range(0, 2000).Select(value => value / 16f).ToArray();
        var model = Convolution(2000, file => file.Halves([2000, 1, 1, 1], weights), BuiltinOperator.Dequantize);

        Assert.Equal(weights.Select(weight => 2 * weight), SmallModel.Run(model, 2));
        Assert.InRange(SmallModel.Convert(model).Bytes.Length, 4000, 5000);
    }

    [Fact]
    public void Densify_OfCompressedRows_PutsZerosBetween()
    {
        // 4 x 2, rows [0 5] [6 0] [0 0] [7 8].
        var model = Convolution(
            4,
            file => file.Raw(
                TfliteType.Float32,
                [4, 1, 1, 2],
                ConstantTensor.ToBytes<float>([5, 6, 7, 8]),
                file.Sparsity([0, 1, 2, 3], [], (4, null, null), (1, null, null), (1, null, null), (0, [0, 1, 2, 2, 4], [1, 0, 0, 1]))),
            BuiltinOperator.Densify);

        Assert.Equal([500, 6, 0, 807], SmallModel.Run(model, 1, 100));
    }

    [Fact]
    public void Densify_OfBlocks_FillsThemAlongTheirAxis()
    {
        // Blocks of two rows: the first block has the first column, the second one the second.
        var model = Convolution(
            4,
            file => file.Raw(
                TfliteType.Float32,
                [4, 1, 1, 2],
                ConstantTensor.ToBytes<float>([1, 2, 3, 4]),
                file.Sparsity([0, 1, 2, 3, 4], [0], (2, null, null), (1, null, null), (1, null, null), (0, [0, 1, 2], [0, 1]), (2, null, null))),
            BuiltinOperator.Densify);

        Assert.Equal([1, 2, 300, 400], SmallModel.Run(model, 1, 100));
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2 }, new[] { 1, 0, 0, 1 })]
    [InlineData(new[] { 0, 1, 2, 2, 4 }, new[] { 1, 0, 0, 9 })]
    [InlineData(new[] { 0, 1, 2, 2, 9 }, new[] { 1, 0, 0, 1 })]
    public void Densify_OfPlacesOutsideTheTensor_IsRefused(int[] segments, int[] indices) => Assert.Throws<ModelImportException>(() => SmallModel.Convert(Convolution(
        4,
        file => file.Raw(
            TfliteType.Float32,
            [4, 1, 1, 2],
            ConstantTensor.ToBytes<float>([5, 6, 7, 8]),
            file.Sparsity([0, 1, 2, 3], [], (4, null, null), (1, null, null), (1, null, null), (0, segments, indices))),
        BuiltinOperator.Densify)));

    private static byte[] Convolution(int results, Func<TfliteBuilder, int> stored, BuiltinOperator unpack)
    {
        var model = new TfliteBuilder();
        var inputs = unpack == BuiltinOperator.Densify ? 2 : 1;
        var (input, output, weights) = (model.Tensor(SmallModel.Input, 1, 1, 1, inputs), model.Tensor(SmallModel.Output, 1, 1, 1, results), stored(model));
        var unpacked = model.Tensor("unpacked", results, 1, 1, inputs);
        model.Operator(unpack, [weights], [unpacked]);
        model.Operator(BuiltinOperator.Conv2D, [input, unpacked], [output], OneByOne);
        return model.Build([input], [output]);
    }
}
