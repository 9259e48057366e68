using System.Text.Json.Nodes;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Tests.Manifests;
using PoseFunctions.Inference.Tests.People;
using Xunit;

namespace PoseFunctions.Inference.Tests;

/// <summary>A generator that tells where the surface comes from: four outputs of one run reach each caller as one flow.</summary>
public sealed class CarryingGeneratorTests : IAsyncLifetime
{
    private static readonly Pose Nobody = new(new Keypoint[Skeleton.JointCount]);
    private static readonly ImageSize Size = new(4, 4);

    private readonly HandMadeModel model = CarryingModel.Create();
    private OnnxPoseGenerator generator = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GenerateAsync_Flow_IsInFractionsOfTheSourceFrame()
    {
        using var person = await GenerateAsync(red: 51, green: 204, blue: 255);

        var flow = person.Flow!;
        Assert.Equal(Size, flow.Size);
        Assert.All(flow.X, value => Assert.Equal(0.2f, value, 5));
        Assert.All(flow.Y, value => Assert.Equal(0.8f, value, 5));
        Assert.All(flow.Visibility, value => Assert.Equal(1, value, 5));
        Assert.Equal([0f, 1f, 1f, 0f], flow.Person[..4]);
        Assert.Equal(51, person.Image.Pixels[0]);
    }

    [Fact]
    public async Task GenerateAsync_ManyAtOnce_GivesEachCallerItsOwnFlow()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 10).Select(index => GenerateAsync((byte)(20 * index), (byte)(255 - index), (byte)(10 * index))));

        Assert.All(people, (person, index) =>
        {
            using (person)
            {
                Assert.Equal(20 * index, person.Image.Pixels[0]);
                Assert.All(person.Flow!.X, value => Assert.Equal(20 * index / 255f, value, 5));
                Assert.All(person.Flow.Y, value => Assert.Equal((255 - index) / 255f, value, 5));
                Assert.All(person.Flow.Visibility, value => Assert.Equal(10 * index / 255f, value, 5));
            }
        });
    }

    [Fact]
    public async Task GenerateAsync_FlowOfAnEarlierRun_StaysAsItWas()
    {
        using var first = await GenerateAsync(10, 20, 30);
        using var second = await GenerateAsync(200, 210, 220);

        Assert.Equal(30 / 255f, first.Flow!.Visibility[0], 5);
        Assert.Equal(10 / 255f, first.Flow.X[0], 5);
    }

    [Theory]
    [InlineData("outputs[2].role", "\"features\"", "outputs have 0 tensors with role visibility")]
    [InlineData("outputs[3].role", "\"features\"", "outputs have 0 tensors with role targetParsing")]
    [InlineData("outputs[1].shape[1]", "3", "tensor 'flow' has 3 channels; 2 are expected")]
    [InlineData("outputs[2].shape[1]", "2", "tensor 'visibility' has 2 channels; 1 are expected")]
    [InlineData("outputs[3].shape[1]", "3", "tensor 'target_parsing' has 3 channels; 2 are expected")]
    [InlineData("outputs[2].shape[3]", "2", "flow, visibility, targetParsing must have the same height and width")]
    public void Load_FlowThatIsIncompleteOrDoesNotFit_IsNamed(string path, string json, string fault)
    {
        model.Change(manifest => ManifestPath.Set(manifest, path, JsonNode.Parse(json)));

        Assert.Contains(fault, Assert.Throws<ManifestMismatchException>(() => model.Load().Dispose()).Message, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync()
    {
        generator = new(
            model.Load(), encoderModel: null, new BatchingOptions { MaxBatchSize = 4, MaxQueueDelay = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await generator.DisposeAsync();
        model.Dispose();
    }

    private async Task<GeneratedPerson> GenerateAsync(byte red, byte green, byte blue)
    {
        using var source = RgbImage.Rent(Size);
        for (var pixel = 0; pixel < Size.Pixels; pixel++)
        {
            byte[] colour = [red, green, blue];
            colour.CopyTo(source.Pixels.Slice(3 * pixel, 3));
        }

        byte[] labels = [0, 1, 1, 0, .. new byte[12]];
        return await generator.GenerateAsync(new(source, Nobody, Nobody) { SourceParsing = new(Size, labels) }, Cancel);
    }
}
