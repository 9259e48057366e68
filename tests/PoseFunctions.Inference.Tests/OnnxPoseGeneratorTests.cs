using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Batching;
using Xunit;

namespace PoseFunctions.Inference.Tests;

public sealed class OnnxPoseGeneratorTests : IAsyncLifetime
{
    private static readonly Pose Nobody = new(new Keypoint[Skeleton.JointCount]);
    private readonly BlendModel model = new();
    private OnnxPoseGenerator generator = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GenerateAsync_ManyAtOnce_GivesEachCallerItsOwnImage()
    {
        var sources = Enumerable.Range(0, 20).Select(i => Plain((byte)(10 * i))).ToArray();

        var people = await Task.WhenAll(sources.Select(source => generator.GenerateAsync(new(source, Nobody, Nobody), Cancel)));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => (byte)(5 * i)), people.Select(person => person.Image.Pixels[0]));
    }

    [Fact]
    public async Task GenerateAsync_AgainAndAgain_MakesNoNewBuffers()
    {
        using var source = Plain(100);
        using var first = await generator.GenerateAsync(new(source, Nobody, Nobody), Cancel);
        var before = generator.BuffersCreated;

        for (var i = 0; i < 50; i++)
        {
            using var person = await generator.GenerateAsync(new(source, Nobody, Nobody), Cancel);
        }

        Assert.Equal(before, generator.BuffersCreated);
    }

    [Fact]
    public async Task GenerateAsync_ImageOfAnotherSize_IsRefused()
    {
        using var source = RgbImage.Rent(new(5, 4));

        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(new(source, Nobody, Nobody), Cancel));
    }

    [Fact]
    public async Task GenerateAsync_FixedSizes_GivesTheSameImagesAsWithoutPadding()
    {
        await using var padded = new OnnxPoseGenerator(
            model.Load(), encoderModel: null, new BatchingOptions { MaxBatchSize = 4, MaxQueueDelay = TimeSpan.Zero, FixedSizes = "3,7" }, TimeProvider.System);
        foreach (var value in new byte[] { 200, 90, 30 })
        {
            using var source = Plain(value);
            using var expected = await generator.GenerateAsync(new(source, Nobody, Nobody), Cancel);
            using var person = await padded.GenerateAsync(new(source, Nobody, Nobody), Cancel);
            Assert.Equal(expected.Image.Pixels.ToArray(), person.Image.Pixels.ToArray());
        }

        Assert.Equal([3, 7], padded.BatchSizes.ToWarmUp);
    }

    public ValueTask InitializeAsync()
    {
        generator = new(model.Load(), encoderModel: null, new BatchingOptions { MaxBatchSize = 4, MaxQueueDelay = TimeSpan.Zero }, TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await generator.DisposeAsync();
        model.Dispose();
    }

    private static RgbImage Plain(byte value)
    {
        var image = RgbImage.Rent(new(4, 4));
        image.Pixels.Fill(value);
        return image;
    }
}
