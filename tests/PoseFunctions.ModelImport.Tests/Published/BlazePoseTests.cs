using System.Text.Json.Nodes;
using PoseFunctions.ModelImport.Published;
using PoseFunctions.ModelImport.Tests.Support;
using PoseFunctions.Testing;

namespace PoseFunctions.ModelImport.Tests.Published;

/// <summary>The published networks still find what they found, after their conversion.</summary>
public sealed class BlazePoseTests
{
    private const int DetectorSize = 224;
    private const int LandmarksSize = 256;

    private static PublishedModel Detector => BlazePose.Models[0];

    private static PublishedModel Landmarks => BlazePose.Models[1];

    [Fact]
    public void Package_Version_IsTheOneThatNpmInstalls()
    {
        var package = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("eng", "package.json")))!;

        Assert.Equal(BlazePose.PackageVersion, package["dependencies"]!["@mediapipe/pose"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Dockerfile.api")]
    [InlineData("Dockerfile.worker")]
    public void Package_Version_IsTheOneInImages(string file) => Assert.Contains(
        $"ARG MEDIAPIPE_POSE_VERSION={BlazePose.PackageVersion}\n", File.ReadAllText(RepositoryRoot.Combine("infra", "docker", file)), StringComparison.Ordinal);

    [Fact]
    public async Task Import_OfThePackage_MakesBothFoldersOnce()
    {
        using var folders = new ImportFolders();
        using var output = new StringWriter();
        var application = new ModelImportApplication(output, output);

        Assert.Equal(0, await application.RunAsync("--package", PublishedPackage.Require(), "--models", folders.Models));
        Assert.Equal(0, await application.RunAsync("--package", PublishedPackage.Require(), "--models", folders.Models));

        Assert.Equal(
            ["blazepose-detector/manifest.json", "blazepose-detector/model.onnx", "blazepose-landmarks/manifest.json", "blazepose-landmarks/model.onnx"], folders.Made);
        Assert.Equal(
            ["imported", "imported", "up to date", "up to date"],
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ")[1]));

        // Half-precision weights stay as they are.
        Assert.All(Directory.EnumerateFiles(folders.Models, "*.onnx", SearchOption.AllDirectories), path => Assert.InRange(new FileInfo(path).Length, 5_000_000, 7_000_000));
    }

    [Fact]
    public void Landmarks_OfSeveralPhotosAtOnce_AreThoseOfEachAlone()
    {
        using var graph = PublishedPackage.Load(Landmarks);
        var random = new Random(11);
        TestContext.Current.TestOutputHelper!.WriteLine("seed 11");
        var item = 3 * LandmarksSize * LandmarksSize;
        var two = Enumerable.Range(0, 2 * item).Select(_ => random.NextSingle()).ToArray();

        var together = graph.Run(two, 2, 3, LandmarksSize, LandmarksSize);
        var second = graph.Run(two[item..], 1, 3, LandmarksSize, LandmarksSize);

        Assert.All(second, output => Assert.Equal(output.Value, together[output.Key][output.Value.Length..], (a, b) => Math.Abs(a - b) < 1e-3f));
    }

    [Theory]
    [InlineData("features_64", 48, 64)]
    [InlineData("features_32", 32, 32)]
    [InlineData("features_16", 88, 16)]
    public void Landmarks_InnerActivations_HaveTheSizesThatTheirNamesSay(string name, int channels, int side)
    {
        using var graph = PublishedPackage.Load(Landmarks);

        Assert.Equal([-1, channels, side, side], graph.Session.OutputMetadata[name].Dimensions);
    }

    [Fact]
    public void Networks_OnAPhoto_FindThePersonAndTheJoints()
    {
        var expected = Joints.Read(SharedTestData.Require("photos", "tf_pose", "pose_landmark_truth.csv"));
        using var photo = new Photo(SharedTestData.Require("photos", "tf_pose", "image2.jpeg"));

        var (square, probability) = FindPerson(photo);
        using var graph = PublishedPackage.Load(Landmarks);
        var outputs = graph.Run(photo.Look(square, LandmarksSize, Landmarks.Mean, Landmarks.Std), 1, 3, LandmarksSize, LandmarksSize);
        var places = outputs["landmarks"].Chunk(5).Select(point => (X: point[0] / LandmarksSize, Y: point[1] / LandmarksSize)).ToArray();
        var found = Joints.Landmarks.Select(landmark => square.ToPhoto(places[landmark].X, places[landmark].Y)).ToArray();
        var mask = outputs["person_mask"];

        var error = found.Zip(expected, Distance).Average();
        TestContext.Current.TestOutputHelper!.WriteLine($"mean joint error {error:F1} px");
        Assert.Equal(Landmarks.Keypoints!.Order.Count, places.Length);
        Assert.InRange(probability, 0.8, 1);
        Assert.InRange(outputs["presence"][0], 0.9f, 1);
        Assert.InRange(error, 0, 12);

        // The joints of trunk and legs are inside the person, the corners are not.
        Assert.All(Joints.Landmarks.Skip(5).Select(landmark => mask[At(places[landmark])]), logit => Assert.InRange(logit, 0, float.MaxValue));
        Assert.All(new[] { (0.01f, 0.01f), (0.99f, 0.01f) }, corner => Assert.InRange(mask[At(corner)], float.MinValue, 0));
    }

    private static (TurnedSquare Square, double Probability) FindPerson(Photo photo)
    {
        using var graph = PublishedPackage.Load(Detector);
        var outputs = graph.Run(photo.Look(photo.Whole, DetectorSize, Detector.Mean, Detector.Std), 1, 3, DetectorSize, DetectorSize);
        var scores = outputs["box_scores"];
        var anchors = Anchors(Detector.Decoder.Strides!, Detector.Decoder.AnchorsPerCell!.Value).ToArray();
        Assert.Equal(anchors.Length, scores.Length);
        var best = Array.IndexOf(scores, scores.Max());
        var values = outputs["boxes"].Chunk(12).ElementAt(best);
        var (hips, circle) = (Point(4), Point(6));
        var (right, down) = (circle.X - hips.X, circle.Y - hips.Y);
        var side = 2 * MathF.Sqrt((right * right) + (down * down)) * (1 + Landmarks.FitMargin!.Value);
        return (new(hips.X, hips.Y, side, MathF.Atan2(right, -down)), 1 / (1 + Math.Exp(-scores[best])));

        (float X, float Y) Point(int first) => photo.Whole.ToPhoto(
            anchors[best].X + (values[first] / DetectorSize), anchors[best].Y + (values[first + 1] / DetectorSize));
    }

    // Grids of the same stride that follow one another are one grid.
    private static IEnumerable<(float X, float Y)> Anchors(IReadOnlyList<int> strides, int perCell)
    {
        foreach (var (stride, grids) in strides.CountBy(stride => stride))
        {
            var cells = DetectorSize / stride;
            for (var anchor = 0; anchor < cells * cells * grids * perCell; anchor++)
            {
                var cell = anchor / (grids * perCell);
                yield return (((cell % cells) + 0.5f) / cells, ((cell / cells) + 0.5f) / cells);
            }
        }
    }

    private static int At((float X, float Y) place) =>
        (Math.Clamp((int)(place.Y * LandmarksSize), 0, LandmarksSize - 1) * LandmarksSize) + Math.Clamp((int)(place.X * LandmarksSize), 0, LandmarksSize - 1);

    private static double Distance((float X, float Y) a, (float X, float Y) b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
