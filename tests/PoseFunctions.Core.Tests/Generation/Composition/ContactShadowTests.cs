using PoseFunctions.Core.Generation.Composition;
using PoseFunctions.Core.Poses;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Composition;

/// <summary>Somebody whose feet are in a white photo of 200 x 300 pixels, as low as the test says.</summary>
public sealed class ContactShadowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Paint_FeetInThePicture_DarkensTheFloorUnderThemSoftly(int enlarged)
    {
        using var canvas = TestImages.Plain(200 * enlarged, 300 * enlarged, 250);

        ContactShadow.Paint(canvas, new(200, 300), Standing(feet: 260));

        int At(int x, int y) => TestImages.At(canvas, x * enlarged, y * enlarged).R;
        Assert.InRange(At(100, 270), 140, 190);
        Assert.True(At(100, 270) < At(125, 270) && At(125, 270) < At(160, 270));
        Assert.Equal((250, 250, 250), (At(100, 200), At(20, 270), At(190, 270)));
    }

    [Theory]
    [InlineData(299)]
    [InlineData(400)]
    public void Paint_FloorBelowThePicture_LeavesItAsItIs(float feet) => AssertUntouched(Standing(feet));

    [Fact]
    public void Paint_NoFeet_LeavesThePictureAsItIs()
    {
        var keypoints = Standing(feet: 260).Keypoints.ToArray();
        keypoints[(int)Joint.RightAnkle] = keypoints[(int)Joint.LeftAnkle] = Keypoint.Missing;

        AssertUntouched(new(keypoints));
    }

    private static void AssertUntouched(Pose pose)
    {
        using var canvas = TestImages.Plain(200, 300, 250);

        ContactShadow.Paint(canvas, new(200, 300), pose);

        Assert.Equal(-1, canvas.Pixels.IndexOfAnyExcept((byte)250));
    }

    private static Pose Standing(float feet)
    {
        var front = PoseLibrary.Load().Get("front").ToPose();
        var ankle = Math.Max(front[Joint.RightAnkle].Y, front[Joint.LeftAnkle].Y);
        return front.Map((x, y) => (100 + (x * 250), feet + ((y - ankle) * 250)));
    }
}
