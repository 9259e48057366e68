using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation.Layouts;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Layouts;

/// <summary>The window of a target, for somebody 300 pixels tall in the middle of a photo of 1200 x 800.</summary>
public sealed class TargetWindowTests : IDisposable
{
    private static readonly Pose Standing = PoseLibrary.Load().Get("front").ToPose().Map((x, y) => (600 + (x * 300), 400 + (y * 300)));

    private readonly FramedPhoto source = FramedPhoto.Create(
        new RawCodec(),
        new(new(1200, 800), new(Standing, new(new(2, 2), new byte[4], BodyPart.Names), new(600, 400, 400, 0)), new(new(0, 0, 1200, 800), RawCodec.Picture(120, 80, 9))),
        new ShadingGenerator().Manifest);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-10, 5)]
    public void For_PoseThatFits_IsTheSourcesOwnWindow(float right, float down) =>
        Assert.Equal(source.Placement, TargetWindow.For(Shrunk(right, down), source));

    [Theory]
    [InlineData(250, 0)]
    [InlineData(-250, 40)]
    public void For_PoseBeside_IsAWindowOfTheSameSizeThatHoldsIt(float right, float down)
    {
        var window = TargetWindow.For(Shrunk(right, down), source).Window;

        Assert.Equal(source.Placement.Window.Width, window.Width, 1e-6);
        Assert.Equal(source.Placement.Window.Height, window.Height, 1e-6);
        AssertHolds(window, Shrunk(right, down));
    }

    [Theory]
    [InlineData(1.5f)]
    [InlineData(2.2f)]
    public void For_LargerPose_IsAWindowAsMuchLarger(float factor)
    {
        var pose = Standing.Map((x, y) => (600 + ((x - 600) * factor), 400 + ((y - 400) * factor)));

        var window = TargetWindow.For(pose, source).Window;

        Assert.True(window.Height > source.Placement.Window.Height);
        Assert.Equal(3.0 / 4, window.Width / window.Height, 1e-9);
        AssertHolds(window, pose);
    }

    [Fact]
    public void For_PosePartlyOutside_HoldsWhatIsInside()
    {
        var pose = Shrunk(590, 0);
        var inside = pose.Keypoints.ToArray().Count(joint => !joint.IsMissing && joint.X <= 1200);
        Assert.InRange(inside, 4, Skeleton.JointCount - 1);

        var window = TargetWindow.For(pose, source).Window;

        Assert.True(window.X + window.Width >= 1200 - 1e-6);
        Assert.Equal(source.Placement.Window.Width, window.Width, 1e-6);
    }

    [Theory]
    [InlineData(2000, 0)]
    [InlineData(0, -2000)]
    [InlineData(0, 900)]
    public void For_PoseOutsideThePhoto_IsRefused(float right, float down)
    {
        var refused = Assert.Throws<RejectedException>(() => TargetWindow.For(Moved(Standing, right, down), source));

        Assert.Equal(FailureCodes.PoseOutside, refused.Code);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void For_FewJointsInsideThePhoto_NeedsFour(int inside, bool taken)
    {
        var joints = Standing.Keypoints.ToArray().Select((joint, index) => index < inside ? joint : joint with { X = joint.X + 2000 });

        Assert.Equal(taken, Record.Exception(() => TargetWindow.For(new([.. joints]), source)) is null);
    }

    public void Dispose() => source.Dispose();

    private static Pose Moved(Pose pose, float right, float down) => pose.Map((x, y) => (x + right, y + down));

    /// <summary>Somebody smaller, with room for the body round the joints.</summary>
    private static Pose Shrunk(float right, float down) => Moved(Standing.Map((x, y) => (600 + ((x - 600) * 0.7f), 400 + ((y - 400) * 0.7f))), right, down);

    private static void AssertHolds(FrameWindow window, Pose pose) => Assert.All(
        pose.Keypoints.ToArray().Where(joint => !joint.IsMissing),
        joint => Assert.True(window.Holds(PersonBox.Between(joint.X, joint.Y, joint.X, joint.Y)), $"{window} without {joint}"));
}
