using System.Globalization;
using System.Text.Json;
using PoseFunctions.Core.Poses;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Inference.Tests.People;

/// <summary>Joints and clothes of real photos, by the imported models and by a published parser that is plugged in by manifest.</summary>
public sealed class RealPhotoTests(ITestOutputHelper log)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parse_SkierOfCoco_FindsJointsWithinThreePercentOfHeight()
    {
        using var annotations = JsonDocument.Parse(File.ReadAllBytes(SharedTestData.Require("photos", "coco_ccby", "annotations_785.json")));
        var person = annotations.RootElement.GetProperty("annotations")[0];
        float[] flat = [.. person.GetProperty("keypoints").EnumerateArray().Select(number => number.GetSingle())];
        var expected = flat.Chunk(3).Select(joint => (joint[0], joint[1], joint[2] > 0)).ToArray();

        await AssertJoints(SharedTestData.Require("photos", "coco_ccby", "000000000785.jpg"), expected, person.GetProperty("bbox")[3].GetSingle());
    }

    [Fact]
    public async Task Parse_StandingMan_FindsJointsWithinThreePercentOfHeight()
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
    [InlineData("000342")]
    public async Task Parse_PhotoWithHandMadeMap_FindsTheClothesInTheSquare(string name)
    {
        using var models = ParserUnderTest.WithPublishedParser();
        using var photo = ParserUnderTest.Decode(SharedTestData.Require("photos", "kazuhito_parsing", "image", $"{name}.png"));
        using var truth = ParserUnderTest.Decode(SharedTestData.Require("photos", "kazuhito_parsing", "annotation", $"{name}.png"));
        var parsed = await models.ParseAsync(photo, Cancel);

        // The map is a palette picture; its entry 2, clothes, is this green. What lies outside the square was not looked at.
        var (both, either) = (0, 0);
        for (var pixel = 0; pixel < photo.Size.Pixels; pixel++)
        {
            var (x, y) = ((pixel % photo.Size.Width) + 0.5, (pixel / photo.Size.Width) + 0.5);
            var (found, wanted) = (parsed.LabelAt(x, y) == 2, truth.Pixels.Slice(3 * pixel, 3) is [0, 128, 0]);
            both += found && wanted ? 1 : 0;
            either += found || wanted ? 1 : 0;
        }

        var overlap = both / (double)either;
        log.WriteLine($"{name}: clothes IoU {overlap:0.000}");
        Assert.True(overlap >= 0.7, $"clothes IoU {overlap:0.000}");
    }

    private async Task AssertJoints(string path, (float X, float Y, bool Visible)[] expected, float height)
    {
        using var models = ParserUnderTest.OfTheService();
        using var photo = ParserUnderTest.Decode(path);
        var pose = (await models.ParseAsync(photo, Cancel)).Pose;

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
        Assert.True(errors.Average() <= 0.03 * height, $"mean error {errors.Average():0.00} px of {height:0} px");
    }
}
