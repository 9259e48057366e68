using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;
using PoseFunctions.Imaging.Tests;
using PoseFunctions.Pictures.ContactSheets;

namespace PoseFunctions.Pictures.Tests.ContactSheets;

public sealed class ContactSheetTests
{
    [Fact]
    public void Render_TwoRows_ShowsSourceSkeletonAndResult()
    {
        using var source = TestPictures.Corners(96, 128);
        var pose = Standing();
        var sheet = new ContactSheet { Tile = new(96, 128) };

        using var drawn = sheet.Render(
            [new(source, "front", [new(pose, new(96, 128), source, "walk"), new(pose, null, null, "failed")]), new(source, "", [])]);

        Assert.Equal(new ImageSize(8 + (3 * 104), 8 + 290 + 154), drawn.Size);
        Assert.Equal(TestPictures.At(source, 48, 64), TestPictures.At(drawn, 8 + 48, 8 + 136 + 64));
        Assert.Equal(TestPictures.At(source, 48, 64), TestPictures.At(drawn, 112 + 48, 8 + 136 + 64));
        Assert.Equal((235, 235, 235), TestPictures.At(drawn, 112 + 48, 8 + 30));
        Assert.Equal((40, 40, 40), TestPictures.At(drawn, 112 + 2, 8 + 2));
    }

    [Fact]
    public void Render_SourceThatCannotBeDecoded_LeavesItsTileBlank()
    {
        var sheet = new ContactSheet { Tile = new(96, 128) };

        using var drawn = sheet.Render([new(Source: null, "", [])]);

        Assert.Equal((40, 40, 40), TestPictures.At(drawn, 8 + 48, 8 + 64));
    }

    [Fact]
    public void Render_RowsWithTheSamePoses_ShowsThemOnce()
    {
        using var source = TestPictures.Corners(96, 128);
        var cell = new ContactSheetCell(Standing(), new(96, 128), source, "");
        var other = cell with { TargetPose = Standing() };
        var sheet = new ContactSheet { Tile = new(96, 128) };

        using var same = sheet.Render([new(source, "", [cell]), new(source, "", [cell])]);
        using var different = sheet.Render([new(source, "", [cell]), new(source, "", [other])]);

        Assert.Equal(8 + 290 + 154, same.Size.Height);
        Assert.Equal(TestPictures.At(source, 48, 64), TestPictures.At(same, 112 + 48, 8 + 290 + 64));
        Assert.Equal(8 + (2 * 290), different.Size.Height);
    }

    [Fact]
    public void Render_JointsOutsideTheFrame_StaysInTheTile()
    {
        using var source = TestPictures.Corners(96, 128);
        var outside = Standing().Map((x, y) => (x - 500, y));

        using var drawn = new ContactSheet { Tile = new(96, 128) }
            .Render([new(source, "", [new(outside, new(96, 128), null, "")])]);

        Assert.Equal((24, 24, 24), TestPictures.At(drawn, 50, 40));
    }

    private static Pose Standing()
    {
        var keypoints = new Keypoint[Skeleton.JointCount];
        keypoints[(int)Joint.Neck] = new(48.5f, 30.5f);
        keypoints[(int)Joint.RightHip] = new(40, 70);
        keypoints[(int)Joint.RightKnee] = new(38, 95);
        return new(keypoints);
    }
}
