using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.People;
using Xunit;

namespace PoseFunctions.Inference.Tests.People;

/// <summary>Landmarks as numbers in a square of 8 x 8 pixels: x, y, depth, and the logits of being visible and present.</summary>
public sealed class LandmarkFinderTests : IDisposable
{
    private static readonly int[] RightShoulder = [1, 2, 0, 3, 0], LeftShoulder = [5, 4, 0, -1, 0], Nose = [3, -6, 0, 0, 0];

    private readonly HandMadeModel folder = HandMadeModel.Landmarks();
    private readonly RgbImage photo = WrittenPhoto.Black(8);
    private readonly PhotoModel model;
    private readonly LandmarkFinder finder;

    public LandmarkFinderTests()
    {
        model = folder.LoadForPhotos();
        finder = new(model);
        WrittenPhoto.Write(photo, 0, [.. RightShoulder, .. LeftShoulder, .. Nose]);
    }

    [Fact]
    public void Find_Landmarks_AreJointsWithTheirVisibility()
    {
        var pose = Find();

        Assert.Equal(new Keypoint(1, 2, Logistic.Of(3)), pose[Joint.RightShoulder]);
        Assert.Equal(new Keypoint(3, -6, 0.5f), pose[Joint.Nose]);
    }

    [Fact]
    public void Find_Neck_IsBetweenTheShouldersAndAsSureAsTheLessSureOne() => Assert.Equal(new Keypoint(3, 3, Logistic.Of(-1)), Find()[Joint.Neck]);

    [Fact]
    public void Find_JointThatTheModelDoesNotKnow_IsMissing() => Assert.True(Find()[Joint.LeftKnee].IsMissing);

    [Fact]
    public void CopyMask_AfterFinding_GivesProbabilities()
    {
        WrittenPhoto.Write(photo, 1, [0, 1, -2]);
        Find();
        var mask = new float[64];

        finder.CopyMask(mask);

        Assert.Equal([0.5f, Logistic.Of(1), Logistic.Of(-2), 0f], mask[..4].Select(value => value < 1e-6f ? 0 : value));
    }

    [Fact]
    public void CopyFeatures_AfterFinding_GivesThemAsTheyAre()
    {
        WrittenPhoto.Write(photo, 2, [7, -7]);
        Find();
        var features = new float[64];

        finder.CopyFeatures("features", features);

        Assert.Equal([7f, -7f], features[..2]);
    }

    public void Dispose()
    {
        photo.Dispose();
        model.Dispose();
        folder.Dispose();
    }

    private Pose Find() => finder.Find(photo, new PersonSquare(4, 4, 8, 0), TestContext.Current.CancellationToken);
}
