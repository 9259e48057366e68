using PoseFunctions.Inference.Batching;
using Xunit;

namespace PoseFunctions.Inference.Tests.Batching;

public sealed class BatchSizesTests : IDisposable
{
    private readonly BlendModel model = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(8, 8)]
    public void For_FixedSizes_RoundsUpToTheNextOne(int items, int expected) =>
        Assert.Equal(expected, Of(maxBatchSize: 8, "1,4,8").For(items));

    [Fact]
    public void For_NoFixedSizes_RunsWhatThereIs()
    {
        var sizes = Of(maxBatchSize: 8, string.Empty);

        Assert.Equal(5, sizes.For(5));
        Assert.Equal((8, 8), (sizes.Most, sizes.Largest));
        Assert.Equal([1], sizes.ToWarmUp);
    }

    [Fact]
    public void ToWarmUp_FixedSizes_IsEveryOneThatCanCome()
    {
        var sizes = Of(maxBatchSize: 6, "1,4,8,16");

        Assert.Equal([1, 4, 8], sizes.ToWarmUp);
        Assert.Equal((6, 8), (sizes.Most, sizes.Largest));
    }

    [Fact]
    public void Of_GraphWithAFixedBatchAxis_KnowsThatSizeOnly()
    {
        model.Change(manifest =>
        {
            foreach (var tensor in manifest["inputs"]!.AsArray().Concat(manifest["outputs"]!.AsArray()))
            {
                tensor!["shape"]![0] = 3;
            }
        });

        var sizes = Of(maxBatchSize: 2, "1,4,8");

        Assert.Equal((2, 3, 3), (sizes.Most, sizes.Largest, sizes.For(1)));
        Assert.Equal([3], sizes.ToWarmUp);
    }

    public void Dispose() => model.Dispose();

    private BatchSizes Of(int maxBatchSize, string fixedSizes) =>
        BatchSizes.Of(model.Read(), new() { MaxBatchSize = maxBatchSize, FixedSizes = fixedSizes });
}
