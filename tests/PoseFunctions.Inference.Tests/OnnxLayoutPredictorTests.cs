using System.Text.Json.Nodes;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Testing.Telemetry;
using Xunit;

namespace PoseFunctions.Inference.Tests;

/// <summary>A real session of a layout model that shows what it is fed: 1 at the target's right wrist, 2 at the source's, 3 where the source has 3.</summary>
public sealed class OnnxLayoutPredictorTests : IDisposable
{
    private static readonly ImageSize Size = new(5, 6);
    private readonly LayoutModel model = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PredictAsync_PosesAndMap_EachReachItsOwnInputAndThePlaceIsKept()
    {
        await using var predictor = Predictor(maxBatchSize: 1);

        var map = await predictor.PredictAsync(new(Seen(column: 4, row: 5), Wrist(column: 1, row: 4), Wrist(column: 3, row: 0)), Cancel);

        Assert.Equal(Size, map.Size);
        Assert.Equal(
            [
                0, 0, 0, 1, 0,
                0, 0, 0, 0, 0,
                0, 0, 0, 0, 0,
                0, 0, 0, 0, 0,
                0, 2, 0, 0, 0,
                0, 0, 0, 0, 3,
            ],
            map.Labels);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3,8")]
    public async Task PredictAsync_ManyAtOnce_RunTogetherAndGiveEachCallerItsOwnMap(string fixedSizes)
    {
        using var runs = new BatchProbe("layout");
        await using var predictor = Predictor(maxBatchSize: 8, fixedSizes);
        var places = Enumerable.Range(0, 20).Select(place => (Column: place % Size.Width, Row: place / Size.Width)).ToArray();

        var maps = await Task.WhenAll(places.Select(place => predictor.PredictAsync(new(Seen(4, 5), Wrist(4, 5), Wrist(place.Column, place.Row)), Cancel)));

        Assert.Equal(places.Select(place => (place.Row * Size.Width) + place.Column), maps.Select(map => Array.IndexOf(map.Labels, (byte)1)));
        Assert.InRange(runs.Runs, 3, places.Length - 1);
    }

    [Fact]
    public async Task PredictAsync_MapOfAnotherSize_IsRefused()
    {
        await using var predictor = Predictor(maxBatchSize: 1);
        var turned = new LabelMap(new(6, 5), new byte[30]);

        var failure = await Assert.ThrowsAsync<ArgumentException>(() => predictor.PredictAsync(new(turned, Wrist(0, 0), Wrist(0, 0)), Cancel));

        Assert.Contains("layout takes maps of 5x6, got 6x5", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/inputs/0/role", "\"targetParsing\"", "inputs have 0 tensors with role sourceParsing")]
    [InlineData("/inputs/0/role", "\"targetParsing\"", "inputs have a tensor with role targetParsing")]
    [InlineData("/inputs/1/role", "\"targetPose\"", "inputs have 2 tensors with role targetPose")]
    [InlineData("/inputs/2/shape", """["batch", 17, 6, 5]""", "'target_pose' has 17 channels; 18 are expected")]
    [InlineData("/inputs/2/shape", """["batch", 18, 5, 6]""", "expected 6 rows and 5 columns")]
    [InlineData("/outputs/0/role", "\"heatmaps\"", "outputs have 0 tensors with role scores")]
    [InlineData("/outputs/0/shape", """["batch", 5, 6, 5]""", "'scores' has 5 channels; 4 are expected")]
    [InlineData("/outputs/0/shape", """["batch", 4, 3, 5]""", "'scores' has shape [batch, 4, 3, 5]; expected 6 rows")]
    [InlineData("/keypoints", "null", "keypoints.order must name the joints")]
    [InlineData("/keypoints/sigma", "null", "keypoints.sigma must be given")]
    [InlineData("/labels", "null", "needs labels, at most 256, background first")]
    [InlineData("/labelMapping", "null", "and a labelMapping")]
    [InlineData("/labelMapping/hair", "[]", "labelMapping must give each of background, hair")]
    [InlineData("/decoder", """{ "type": "threshold", "threshold": 0.5 }""", "decoder is 'threshold'; a layout model needs argmax")]
    [InlineData("/decoder", "null", "decoder is ''; a layout model needs argmax")]
    [InlineData("/fit", "\"stretch\"", "fit must be letterbox")]
    [InlineData("/encoder", """{ "file": "e.onnx", "sha256": "", "inputs": [], "outputs": [] }""", "has no encoder")]
    public void Read_ManifestOfNoLayoutModel_NamesTheFault(string path, string json, string expected)
    {
        model.Change(manifest =>
        {
            var steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var parent = steps[..^1].Aggregate(manifest, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
            parent[steps[^1]] = JsonNode.Parse(json);
        });

        Assert.Contains(expected, Assert.Throws<ManifestMismatchException>(() => model.Load()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => model.Dispose();

    /// <summary>A map with the last label at one pixel.</summary>
    private static LabelMap Seen(int column, int row)
    {
        var labels = new byte[Size.Width * Size.Height];
        labels[(row * Size.Width) + column] = 3;
        return new(Size, labels);
    }

    /// <summary>Somebody of whom nothing but the right wrist is seen, in the middle of a pixel.</summary>
    private static Pose Wrist(int column, int row) => new(
    [
        .. Enumerable.Range(0, Skeleton.JointCount).Select(joint => (Joint)joint == Joint.RightWrist ? new Keypoint(column + 0.5f, row + 0.5f) : Keypoint.Missing),
    ]);

    private OnnxLayoutPredictor Predictor(int maxBatchSize, string fixedSizes = "") => new(
        model.Load(),
        new() { MaxBatchSize = maxBatchSize, MaxQueueDelay = TimeSpan.FromMilliseconds(50), FixedSizes = fixedSizes },
        TimeProvider.System);
}
