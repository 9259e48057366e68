using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Generation.Noise;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Batching;
using Xunit;

namespace PoseFunctions.Inference.Tests;

/// <summary>A generator of an encoder and a second graph: a tiny SCAM in two real sessions.</summary>
public sealed class TwoGraphGeneratorTests : IAsyncLifetime
{
    private static readonly Pose Nobody = new(new Keypoint[Skeleton.JointCount]);
    private static readonly ImageSize Size = new(48, 64);

    private readonly OnnxPoseGenerator generator = TestGraphs.LoadScam(new BatchingOptions { MaxBatchSize = 4, MaxQueueDelay = TimeSpan.FromMilliseconds(50) });
    private readonly RgbImage photo = Picture(seed: 1);
    private readonly LabelMap parsing = Stripes(period: 9);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EncodeAsync_OnePhoto_GivesAsManyNumbersAsTheManifestSays()
    {
        var latents = await generator.Encoder!.EncodeAsync(photo, parsing, Cancel);

        Assert.Equal((9 * 8, 3 * 8), (generator.Encoder.Length, generator.Encoder.BackgroundLength));
        Assert.Equal(generator.Encoder.Length, latents.Length);
        Assert.All(latents, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public async Task GenerateAsync_SameLatentsAndSeed_IsTheSameImageAloneAndInAnyBatch()
    {
        var latents = await generator.Encoder!.EncodeAsync(photo, parsing, Cancel);
        using var alone = await GenerateAsync(latents, new(7, 0));

        var together = await Task.WhenAll(
            GenerateAsync(latents, new(8, 0)), GenerateAsync(latents, new(7, 0)), GenerateAsync(latents, new(7, 1)), GenerateAsync(latents, new(9, 0)));

        Assert.Equal(alone.Image.ContentHash(), together[1].Image.ContentHash());
        Assert.Equal(4, together.Select(person => person.Image.ContentHash()).Distinct().Count());
        Assert.All(together, person => person.Dispose());
    }

    [Fact]
    public async Task EncodeAsync_SamePhoto_IsTheSameToTheLastBitAloneAndInAnyBatch()
    {
        using var other = Picture(seed: 2);
        var alone = await generator.Encoder!.EncodeAsync(photo, parsing, Cancel);

        var together = await Task.WhenAll(
            generator.Encoder.EncodeAsync(other, parsing, Cancel),
            generator.Encoder.EncodeAsync(photo, parsing, Cancel),
            generator.Encoder.EncodeAsync(photo, Stripes(period: 5), Cancel));

        Assert.Equal(alone, together[1]);
        Assert.NotEqual(alone, together[0]);
        Assert.NotEqual(alone, together[2]);
    }

    [Fact]
    public async Task GenerateAsync_LatentsOfAnotherModel_AreRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => GenerateAsync(new float[5], default));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await generator.DisposeAsync();
        photo.Dispose();
    }

    private static RgbImage Picture(int seed)
    {
        var image = RgbImage.Rent(Size);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }

    private static LabelMap Stripes(int period) => new(Size, [.. Enumerable.Range(0, Size.Width * Size.Height).Select(pixel => (byte)(pixel / period % 4))]);

    private Task<GeneratedPerson> GenerateAsync(float[] latents, NoiseStream noise) => generator.GenerateAsync(
        new(photo, Nobody, Nobody) { SourceParsing = parsing, TargetParsing = parsing, Latents = latents, Noise = noise }, Cancel);
}
