using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Poses;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Rendering;

public sealed class FramePlacementTests
{
    private static readonly FramePlacement Placement = new(new(-20, 40, 60, 80), new(30, 40));

    [Theory]
    [InlineData(-20, 40, 0, 0)]
    [InlineData(40, 120, 30, 40)]
    [InlineData(0, 50, 10, 5)]
    public void ToFrame_PlaceInThePhoto_AndBack(double x, double y, double column, double row)
    {
        Assert.Equal((column, row), Placement.ToFrame(x, y));
        Assert.Equal((x, y), Placement.ToPhoto(column, row));
    }

    [Fact]
    public void ToFrame_Pose_KeepsConfidencesAndWhatIsMissing()
    {
        var keypoints = new Keypoint[Skeleton.JointCount];
        keypoints[(int)Joint.Nose] = new(0, 50, 0.4f);

        var pose = Placement.ToFrame(new Pose(keypoints));

        Assert.Equal(new(10, 5, 0.4f), pose[Joint.Nose]);
        Assert.Equal(1, pose.PresentCount);
    }

    [Fact]
    public void Within_FrameOfAnotherModel_ShowsTheSameMiddle()
    {
        var wide = Placement.Within(new(80, 40));

        Assert.Equal(new(-70, 40, 160, 80), wide.Window);
        Assert.Equal((40.0, 20.0), wide.ToFrame(10, 80));
    }
}
