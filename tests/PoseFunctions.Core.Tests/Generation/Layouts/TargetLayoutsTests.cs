using Microsoft.Extensions.Options;
using PoseFunctions.Core.Generation.Layouts;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;
using PoseFunctions.Core.Tests.Support;
using PoseFunctions.Testing.Builders;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Layouts;

/// <summary>
/// Where the parsing map of an image comes from that does not exist yet. The photo has 60 x 80 pixels. The person's window is 48 x 80
/// of them, 3 to the right, and fills the generator's 24 x 40; round it the layout model's 25 x 20 see 100 x 80, from -23 on.
/// </summary>
public sealed class TargetLayoutsTests : IDisposable
{
    private static readonly ImageSize PhotoSize = new(60, 80);
    private static readonly ModelManifest Generator = new ShadingGenerator().Manifest with
    {
        Width = 24,
        Height = 40,
        Inputs = [ShadingGenerator.Tensor(TensorRoles.SourceImage), ShadingGenerator.Tensor(TensorRoles.TargetParsing)],
        Labels = BodyPart.Names,
        LabelMapping = BodyPart.Names.ToDictionary(name => name, name => (IReadOnlyList<string>)[name]),
    };

    private static readonly ModelManifest Model = ScriptedLayouts.ManifestOf(
        25, 20, ("background", ["background"]), ("dressed", ["upper_clothes", "lower_clothes", "shoes"]), ("bare", ["hair", "face", "arms", "legs"]));

    private static readonly (Joint Joint, float X, float Y)[] Body =
        [(Joint.LeftEar, 6, 15), (Joint.Neck, 27, 20), (Joint.LeftHip, 27, 40), (Joint.RightEar, 48, 65)];

    private readonly SharedStorage shared = new();
    private readonly RecentWork recent = new();
    private readonly RawCodec codec = new();
    private readonly JobPhotos photos;

    public TargetLayoutsTests()
    {
        var storage = new MortalStorage(shared, new());
        photos = new(storage, new(codec, new StandingPersonParser(), storage, recent, Options.Create(new ImageLimits())));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static byte Arms => (byte)BodyPart.Names.ToList().IndexOf("arms");

    private static byte LowerClothes => (byte)BodyPart.Names.ToList().IndexOf("lower_clothes");

    [Fact]
    public async Task FindAsync_LayoutModel_IsGivenSourceAndTargetInItsOwnFrameAndLabels()
    {
        var model = new ScriptedLayouts(Model, _ => new byte[25 * 20]);
        using var source = Framed(Person((Joint.RightWrist, 30, 20)), ("arms", 1, 2), ("shoes", 4, 6));

        await FindAsync(model, source, Job(Keypoints((Joint.RightElbow, 20, 40), (Joint.RightWrist, 15, 40), (Joint.LeftKnee, 43, 60), (Joint.LeftAnkle, 43, 80))));

        var given = Assert.Single(model.Inputs);
        Assert.Equal(Marked(Model.NativeSize, (8, 5, 3, 2, 2), (16, 15, 2, 2, 1)), given.SourceParsing.Labels);
        Assert.Equal((13.25f, 5f), Place(given.SourcePose, Joint.RightWrist));
        Assert.Equal((9.5f, 10f), Place(given.TargetPose, Joint.RightWrist));
        Assert.Equal((16.5f, 20f), Place(given.TargetPose, Joint.LeftAnkle));
        Assert.True(given.TargetPose[Joint.Nose].IsMissing);
    }

    [Fact]
    public async Task FindAsync_Prediction_ComesToTheGeneratorsFrameAndToTheLabelsOfTheTargetsBones()
    {
        // Something bare near the target's arm, where the source has a leg, and something worn near its leg, where the source has an arm.
        var model = new ScriptedLayouts(Model, _ => Marked(Model.NativeSize, (8, 5, 1, 1, 2), (16, 15, 1, 1, 1)));
        (Joint Joint, float X, float Y)[] target = [(Joint.RightElbow, 12, 10), (Joint.RightWrist, 12, 30), (Joint.RightHip, 43, 50), (Joint.RightKnee, 43, 75)];
        (Joint Joint, float X, float Y)[] turned = [(Joint.RightElbow, 43, 40), (Joint.RightWrist, 43, 62), (Joint.RightHip, 12, 18), (Joint.RightKnee, 12, 35)];
        using var source = Framed(Person(turned));

        var (_, pose, labels) = await FindAsync(model, source, Job(Keypoints(target)));

        Assert.Equal(Marked(Generator.NativeSize, (3, 10, 2, 2, Arms), (19, 30, 2, 2, LowerClothes)), labels!.Labels);
        Assert.Equal((4.5f, 15f), Place(pose, Joint.RightWrist));
    }

    [Fact]
    public async Task FindAsync_NoLayoutModel_LimbsStandIn()
    {
        using var source = Framed(Standing(), ("upper_clothes", 2, 2), ("upper_clothes", 3, 2), ("legs", 2, 5), ("legs", 3, 5));

        var (_, pose, labels) = await FindAsync(layout: null, source, Job(new TargetPose { Pose = "walking" }));

        Assert.Equal(MovedLimbs.Move(source.Labels!, source.Pose, pose).Labels, labels!.Labels);
        Assert.Contains(labels.Labels, label => label != 0);
    }

    [Fact]
    public async Task FindAsync_PoseOfAPhoto_KeepsThatPhotosMap()
    {
        var model = new ScriptedLayouts(Model, _ => throw new InvalidOperationException("Nothing is to be predicted."));
        using var source = Framed(Standing(), ("arms", 1, 2));
        var job = Job(new TargetPose { Photo = "other.jpg" });
        var other = Parsed(Standing(), ("hair", 3, 7));
        await shared.Parsed.WriteAsync(new(job.Id.Tenant, new('b', 64), job.Source.ParserVersion!), other, Cancel);
        var keypoints = Standing().Keypoints.ToArray().SelectMany(keypoint => new[] { keypoint.X, keypoint.Y, keypoint.Confidence }).ToArray();
        job = job with { Targets = [job.Targets[0] with { PhotoKeypoints = keypoints, PhotoPixelHash = new('b', 64) }] };

        var (_, _, labels) = await FindAsync(model, source, job);

        Assert.Null(Layouts(model).PredictorOf(job, Generator));
        Assert.Contains((byte)BodyPart.Names.ToList().IndexOf("hair"), labels!.Labels);
        Assert.DoesNotContain(Arms, labels.Labels);
    }

    [Fact]
    public async Task FindAsync_GeneratorThatPaintsIntoNoMap_AsksNobody()
    {
        var model = new ScriptedLayouts(Model, _ => throw new InvalidOperationException("Nothing is to be predicted."));
        using var source = Framed(Standing());
        var job = Job(new TargetPose { Pose = "walking" });
        var posesOnly = new ShadingGenerator().Manifest;

        var (_, _, labels) = await Layouts(model).FindAsync(job, job.Targets[0], source, posesOnly, Cancel);

        Assert.Null(labels);
        Assert.Null(Layouts(model).PredictorOf(job, posesOnly));
        Assert.Same(model, Layouts(model).PredictorOf(job, Generator));
        Assert.Null(Layouts(model).PredictorOf(job with { Request = new() { Scene = "beach.jpg" } }, Generator));
    }

    public void Dispose() => recent.Dispose();

    private static JobRecord Job(TargetPose target) => AJob.Queued(request: new() { Targets = [target] });

    private static (float X, float Y) Place(Pose pose, Joint joint) => (pose[joint].X, pose[joint].Y);

    /// <summary>Joints in pixels of the photo as a request names them.</summary>
    private static TargetPose Keypoints(params (Joint Joint, float X, float Y)[] joints)
    {
        var keypoints = new float[]?[Skeleton.JointCount];
        foreach (var (joint, x, y) in joints)
        {
            keypoints[(int)joint] = [x / PhotoSize.Width, y / PhotoSize.Height];
        }

        return new() { Keypoints = keypoints };
    }

    /// <summary>Some joints of somebody whose ears lie at the corners of the person's box, so that every window is the same.</summary>
    private static Pose Person(params (Joint Joint, float X, float Y)[] joints)
    {
        var keypoints = new Keypoint[Skeleton.JointCount];
        Array.Fill(keypoints, Keypoint.Missing);
        foreach (var (joint, x, y) in ((Joint, float, float)[])[.. Body, .. joints])
        {
            keypoints[(int)joint] = new(x, y, 0.9f);
        }

        return new(keypoints);
    }

    /// <summary>Somebody who stands in the middle of the photo.</summary>
    private static Pose Standing() => PoseLibrary.Load().Get("front").ToPose().Map((x, y) => (30 + (x * 70), 40 + (y * 70)));

    /// <summary>The photo with a map of cells of 10 x 10 pixels each, one of them beyond either side, of which some have a label.</summary>
    private static ParsedPhoto Parsed(Pose person, params (string Label, int Column, int Row)[] cells)
    {
        var labels = new byte[8 * 8];
        foreach (var (label, column, row) in cells)
        {
            labels[(row * 8) + column + 1] = (byte)BodyPart.Names.ToList().IndexOf(label);
        }

        return new(
            PhotoSize,
            new(person, new(new(8, 8), labels, BodyPart.Names), new(30, 40, 80, 0)),
            new(new(0, 0, PhotoSize.Width, PhotoSize.Height), RawCodec.Picture(30, 40, 200)));
    }

    /// <summary>A map with rectangles of labels.</summary>
    private static byte[] Marked(ImageSize size, params (int Column, int Row, int Width, int Height, byte Label)[] rectangles)
    {
        var labels = new byte[size.Width * size.Height];
        foreach (var (column, row, width, height, label) in rectangles)
        {
            for (var y = row; y < row + height; y++)
            {
                labels.AsSpan((y * size.Width) + column, width).Fill(label);
            }
        }

        return labels;
    }

    private FramedPhoto Framed(Pose person, params (string Label, int Column, int Row)[] cells) =>
        FramedPhoto.Create(codec, Parsed(person, cells), Generator);

    private TargetLayouts Layouts(ILayoutPredictor? layout) => new(PoseLibrary.Load(), photos, new([], layout));

    private Task<TargetLayout> FindAsync(ILayoutPredictor? layout, FramedPhoto source, JobRecord job) =>
        Layouts(layout).FindAsync(job, job.Targets[0], source, Generator, Cancel);
}
