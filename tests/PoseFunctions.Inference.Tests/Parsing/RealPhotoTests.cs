using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;
using PoseFunctions.Imaging;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Inference.Tests.Parsing;

/// <summary>Published models, plugged in by manifest, on real photos.</summary>
public sealed class RealPhotoTests(ITestOutputHelper log) : IDisposable
{
    private readonly string models = Directory.CreateTempSubdirectory("posefunctions-models-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parse_SkierOfCoco_FindsJointsWithinTwoPercentOfHeight()
    {
        using var annotations = JsonDocument.Parse(File.ReadAllBytes(SharedTestData.Require("photos", "coco_ccby", "annotations_785.json")));
        var person = annotations.RootElement.GetProperty("annotations")[0];
        float[] flat = [.. person.GetProperty("keypoints").EnumerateArray().Select(number => number.GetSingle())];
        var expected = flat.Chunk(3).Select(joint => (joint[0], joint[1], joint[2] > 0)).ToArray();

        await AssertJoints(SharedTestData.Require("photos", "coco_ccby", "000000000785.jpg"), expected, person.GetProperty("bbox")[3].GetSingle());
    }

    [Fact]
    public async Task Parse_StandingMan_FindsJointsWithinTwoPercentOfHeight()
    {
        var line = File.ReadAllLines(SharedTestData.Require("photos", "tf_pose", "pose_landmark_truth.csv"))[1];
        float[] flat = [.. line.Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture))];
        var expected = flat.Chunk(2).Select(joint => (joint[0], joint[1], true)).ToArray();

        // From the eyes to the ankles: less than the person's height, so the bound is tighter than asked for.
        await AssertJoints(
            SharedTestData.Require("photos", "tf_pose", "image2.jpeg"), expected, expected.Max(joint => joint.Item2) - expected.Min(joint => joint.Item2));
    }

    [Theory]
    [InlineData("000335")]
    [InlineData("000340")]
    [InlineData("000342")]
    public async Task Parse_PhotoWithHandMadeMap_FindsTheClothes(string name)
    {
        using var parser = Parser();
        using var photo = Decode(SharedTestData.Require("photos", "kazuhito_parsing", "image", $"{name}.png"));
        var parsed = await parser.ParseAsync(photo, Cancel);
        using var truth = Decode(SharedTestData.Require("photos", "kazuhito_parsing", "annotation", $"{name}.png"));

        // The map is a palette picture; its entry 2, clothes, is this green.
        var wanted = truth.Pixels.ToArray().Chunk(3).Select(color => color is [0, 128, 0]).ToArray();
        Assert.Equal(truth.Size, parsed.Segmentation.Size);
        var pairs = parsed.Segmentation.Labels.Zip(wanted, (found, clothes) => (Found: found == 2, Wanted: clothes)).ToArray();
        var overlap = pairs.Count(pixel => pixel.Found && pixel.Wanted) / (double)pairs.Count(pixel => pixel.Found || pixel.Wanted);
        log.WriteLine($"{name}: clothes IoU {overlap:0.000}");
        Assert.True(overlap >= 0.75, $"clothes IoU {overlap:0.000}");
    }

    public void Dispose() => Directory.Delete(models, recursive: true);

    private static RgbImage Decode(string path) => new ImageCodec(Options.Create(new ImageLimits())).Decode(File.ReadAllBytes(path));

    private async Task AssertJoints(string path, (float X, float Y, bool Visible)[] expected, float height)
    {
        using var parser = Parser();
        using var photo = Decode(path);
        var pose = (await parser.ParseAsync(photo, Cancel)).Pose;

        var errors = new List<double>();
        for (var i = 0; i < PublishedModels.CocoJoints.Count; i++)
        {
            var found = pose[Skeleton.JointsByName[PublishedModels.CocoJoints[i]]];
            if (expected[i].Visible)
            {
                errors.Add(Math.Sqrt(Math.Pow(found.X - expected[i].X, 2) + Math.Pow(found.Y - expected[i].Y, 2)));
            }
        }

        log.WriteLine($"mean error {errors.Average():0.00} px of {height:0} px = {errors.Average() / height:P2}, worst {errors.Max():0.0} px");
        Assert.True(errors.Average() <= 0.02 * height, $"mean error {errors.Average():0.00} px of {height:0} px");
    }

    private OnnxPersonParser Parser()
    {
        PublishedModels.Install(models);
        var catalog = new ModelCatalog(Options.Create(new InferenceOptions { ModelsPath = models }));
        var factory = TestGraphs.Factory(threads: 2);
        return new(Load("keypoints"), Load("clothes"));

        ModelSession Load(string name)
        {
            var manifest = catalog.All.Single(model => model.Name == name);
            return ModelSession.Load(manifest, catalog.FolderOf(manifest), factory);
        }
    }
}
