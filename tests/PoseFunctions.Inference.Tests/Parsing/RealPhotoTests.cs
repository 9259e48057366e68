using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
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
    private static readonly string[] CocoJoints =
    [
        "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow",
        "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    ];

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
        for (var i = 0; i < CocoJoints.Length; i++)
        {
            var found = pose[Skeleton.JointsByName[CocoJoints[i]]];
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
        WriteModel("keypoints", "keypoints_coco17_movenet_lightning.onnx", $$"""
            { "kind": "keypoints", "architecture": "movenet", "height": 192, "width": 192, "opset": 13, "license": "Apache-2.0",
              "inputs": [ { "name": "image", "role": "image", "type": "float32", "shape": [1, 3, 192, 192], "layout": "NCHW",
                "mean": [127.5, 127.5, 127.5], "std": [127.5, 127.5, 127.5] } ],
              "outputs": [
                { "name": "keypoint_heatmap", "role": "heatmaps", "type": "float32", "shape": [1, 17, 48, 48] },
                { "name": "center_heatmap", "role": "centerHeatmap", "type": "float32", "shape": [1, 1, 48, 48] },
                { "name": "center_regression", "role": "centerRegression", "type": "float32", "shape": [1, 34, 48, 48] },
                { "name": "keypoint_offset", "role": "keypointOffset", "type": "float32", "shape": [1, 34, 48, 48] } ],
              "keypoints": { "order": {{JsonSerializer.Serialize(CocoJoints)}} }, "fit": "personSquare", "fitMargin": 0.2,
              "decoder": { "type": "centerOffset", "stride": 4, "minimumConfidence": 0.2, "centerBias": 1.8 } }
            """);
        WriteModel("clothes", "person_parsing_skin_clothes_hair_pan.onnx", """
            { "kind": "parsing", "architecture": "pan", "height": 512, "width": 512, "opset": 13, "license": "MIT",
              "inputs": [ { "name": "x.1", "role": "image", "type": "float32", "shape": [1, 3, 512, 512], "layout": "NCHW",
                "mean": [123.675, 116.28, 103.53], "std": [58.395, 57.12, 57.375] } ],
              "outputs": [ { "name": "1273", "role": "scores", "type": "float32", "shape": [1, 3, 512, 512] } ],
              "labels": ["background", "skin", "clothes", "hair"], "fit": "stretch", "decoder": { "type": "threshold", "threshold": 0.5 } }
            """);
        var catalog = new ModelCatalog(Options.Create(new InferenceOptions { ModelsPath = models }));
        var factory = TestGraphs.Factory(threads: 2);
        return new(Load("keypoints"), Load("clothes"));

        ModelSession Load(string name)
        {
            var manifest = catalog.All.Single(model => model.Name == name);
            return ModelSession.Load(manifest, catalog.FolderOf(manifest), factory);
        }
    }

    private void WriteModel(string name, string weights, string fields)
    {
        var source = SharedTestData.Require("weights", weights);
        var folder = Directory.CreateDirectory(Path.Combine(models, name)).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "model.onnx"), source);
        var manifest = JsonNode.Parse(fields)!.AsObject();
        manifest["schemaVersion"] = 1;
        manifest["name"] = name;
        manifest["version"] = "1.0.0";
        manifest["file"] = "model.onnx";
        manifest["sha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(source)));
        manifest["description"] = "A published model.";
        File.WriteAllText(Path.Combine(folder, "manifest.json"), manifest.ToJsonString());
    }
}
