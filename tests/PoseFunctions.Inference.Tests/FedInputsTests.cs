using System.Text.Json.Nodes;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Generation.Noise;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using Xunit;

namespace PoseFunctions.Inference.Tests;

/// <summary>A real session gets the labels and the noise that the input holds, each item its own.</summary>
public sealed class FedInputsTests : IAsyncLifetime
{
    private static readonly Pose Nobody = new(new Keypoint[Skeleton.JointCount]);
    private static readonly ImageSize Size = new(4, 4);

    private readonly LabelsModel model = new();
    private readonly RgbImage source = RgbImage.Rent(Size);
    private OnnxPoseGenerator generator = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GenerateAsync_ParsingMaps_ReachTheirOwnInputsLabelByLabel()
    {
        byte[] before = [0, 1, 2, 3, 3, 2, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1];
        byte[] after = [.. before.Reverse()];

        using var person = await generator.GenerateAsync(Input(before, after, default), Cancel);

        Assert.Equal(before, Channel(person.Image, 0));
        Assert.Equal(after, Channel(person.Image, 1));
    }

    [Fact]
    public async Task GenerateAsync_Noise_IsThatOfItsSeedAndTargetWhateverElseIsInTheBatch()
    {
        NoiseStream[] streams = [new(1, 0), new(1, 1), new(2, 0), new(1, 0)];

        var together = await Task.WhenAll(streams.Select(stream => generator.GenerateAsync(Input(new byte[16], new byte[16], stream), Cancel)));

        Assert.Equal(streams.Length, together.Length);
        foreach (var (stream, person) in streams.Zip(together))
        {
            using (person)
            {
                var noise = new float[16];
                NormalNoise.Fill(stream, noise);
                Assert.Equal(noise.Select(value => (byte)Math.Clamp(Math.Round((value * 16) + 128), 0, 255)), Channel(person.Image, 2));
            }
        }
    }

    [Fact]
    public async Task GenerateAsync_WithoutTheMapThatItNeeds_IsRefused()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(new(source, Nobody, Nobody), Cancel));

        Assert.Contains("sourceParsing", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("labelMapping", "null", "labelMapping")]
    [InlineData("labels", """["background", "clothes", "skin"]""", "exactly the names of labels")]
    [InlineData("labelMapping", """{ "background": ["background"], "skin": ["face"], "clothes": ["shoes"], "hair": ["hair"] }""", "exactly one label")]
    [InlineData("encoder", """{ "file": "e.onnx", "sha256": "", "inputs": [], "outputs": [] }""", "encoder inputs have 0 tensors with role sourceImage")]
    public void Read_LabelsOrGraphsThatDoNotFit_AreNamed(string field, string json, string expected)
    {
        model.Change(manifest => manifest[field] = JsonNode.Parse(json));

        Assert.Contains(expected, Assert.Throws<ManifestMismatchException>(() => model.Load()).Message, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync()
    {
        source.Pixels.Clear();
        generator = new(
            model.Load(), encoderModel: null, new BatchingOptions { MaxBatchSize = 4, MaxQueueDelay = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await generator.DisposeAsync();
        source.Dispose();
        model.Dispose();
    }

    private static byte[] Channel(RgbImage image, int channel) => [.. Enumerable.Range(0, 16).Select(pixel => image.Pixels[(3 * pixel) + channel])];

    private GenerationInput Input(byte[] before, byte[] after, NoiseStream noise) => new(source, Nobody, Nobody)
    {
        SourceParsing = new LabelMap(Size, before),
        TargetParsing = new LabelMap(Size, after),
        Noise = noise,
    };
}
