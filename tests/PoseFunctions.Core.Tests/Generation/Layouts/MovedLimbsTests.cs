using PoseFunctions.Core.Generation.Layouts;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Layouts;

/// <summary>The stand-in for the parsing map of an image that does not exist yet.</summary>
public sealed class MovedLimbsTests
{
    private const byte Arm = 1;
    private const byte Leg = 2;

    private static readonly ImageSize Size = new(120, 160);
    private static readonly Pose Front = InPixels("front");

    [Fact]
    public void Move_SamePose_GivesTheLimbsBackWhereTheyWere()
    {
        var map = Painted(Front);

        var moved = MovedLimbs.Move(map, Front, Front);

        Assert.Equal(Arm, At(moved, Middle(Front, Joint.RightShoulder, Joint.RightElbow)));
        Assert.Equal(Leg, At(moved, Middle(Front, Joint.LeftHip, Joint.LeftKnee)));
        Assert.True(Overlap(map, moved) > 0.9);
    }

    [Theory]
    [InlineData("walking")]
    [InlineData("side-right")]
    [InlineData("arms-raised")]
    public void Move_AnotherPose_TakesEveryLimbAlong(string pose)
    {
        var target = InPixels(pose);

        var moved = MovedLimbs.Move(Painted(Front), Front, target);

        Assert.Equal(Arm, At(moved, Middle(target, Joint.RightShoulder, Joint.RightElbow)));
        Assert.Equal(Leg, At(moved, Middle(target, Joint.LeftHip, Joint.LeftKnee)));
        Assert.True(Overlap(Painted(target), moved) > 0.6);
    }

    [Fact]
    public void Move_LimbThatTheSourceDoesNotShow_StaysAway()
    {
        var target = InPixels("walking");
        var seen = new Pose([.. Front.Keypoints.ToArray().Select((keypoint, joint) => (Joint)joint == Joint.LeftKnee ? Keypoint.Missing : keypoint)]);

        var moved = MovedLimbs.Move(Painted(seen), seen, target);

        Assert.NotEqual(Leg, At(moved, Middle(target, Joint.LeftKnee, Joint.LeftAnkle)));
        Assert.Equal(Arm, At(moved, Middle(target, Joint.RightShoulder, Joint.RightElbow)));
    }

    [Fact]
    public void Move_TargetWithHardlyAnyJoint_IsNoError()
    {
        var target = new Pose([.. Front.Keypoints.ToArray().Select((keypoint, joint) =>
            (Joint)joint is Joint.RightElbow or Joint.RightWrist ? keypoint : Keypoint.Missing)]);

        var moved = MovedLimbs.Move(Painted(Front), Front, target);

        Assert.Equal(Arm, At(moved, Middle(target, Joint.RightElbow, Joint.RightWrist)));
        Assert.DoesNotContain(Leg, moved.Labels);
    }

    private static Pose InPixels(string name) => PoseLibrary.Load().Get(name).ToPose().Map((x, y) => (60 + (x * 130), 80 + (y * 130)));

    /// <summary>Arms and legs as bars of six pixels.</summary>
    private static LabelMap Painted(Pose pose) => new(Size, [.. Enumerable.Range(0, Size.Width * Size.Height).Select(pixel =>
    {
        var (x, y) = ((pixel % Size.Width) + 0.5, (pixel / Size.Width) + 0.5);
        return Bones.Distance(pose, "arms", x, y) <= 3 ? Arm : Bones.Distance(pose, "legs", x, y) <= 3 ? Leg : (byte)0;
    })]);

    private static (float X, float Y) Middle(Pose pose, Joint one, Joint other) => ((pose[one].X + pose[other].X) / 2, (pose[one].Y + pose[other].Y) / 2);

    private static byte At(LabelMap map, (float X, float Y) place) => map.Labels[((int)place.Y * Size.Width) + (int)place.X];

    /// <summary>Pixels that both maps label alike, of those that either labels.</summary>
    private static double Overlap(LabelMap one, LabelMap other)
    {
        var pairs = one.Labels.Zip(other.Labels).Where(pair => pair.First != 0 || pair.Second != 0).ToArray();
        return pairs.Count(pair => pair.First == pair.Second) / (double)pairs.Length;
    }
}
