using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Rendering;

public sealed class FrameWindowTests
{
    private static readonly ImageSize Frame = new(192, 256);

    [Fact]
    public void Around_TallPerson_LeavesTheMarginAboveAndBelow() =>
        AssertNear(new(95, 44, 84, 112), FrameWindow.Around(new(122, 50, 30, 100), Frame));

    [Fact]
    public void Around_WidePerson_LeavesTheMarginAtTheSides() =>
        AssertNear(new(94, 0, 312, 416), FrameWindow.Around(new(100, 158, 300, 100), Frame));

    [Theory]
    [InlineData(192, 256)]
    [InlineData(64, 64)]
    [InlineData(30, 10)]
    public void Extended_ToAFrame_HoldsTheWindowRoundTheSameMiddle(int width, int height)
    {
        var window = new FrameWindow(-10, 20, 40, 60);

        var extended = window.Extended(new(width, height));

        Assert.True(extended.Holds(new(-10, 20, 40, 60)));
        Assert.Equal((double)width / height, extended.Width / extended.Height, 1e-9);
        Assert.Equal((10.0, 50.0), (extended.X + (extended.Width / 2), extended.Y + (extended.Height / 2)));
        Assert.True(extended.Width == window.Width || extended.Height == window.Height);
    }

    [Theory]
    [InlineData(10, 20, 30, 40, true)]
    [InlineData(9.9, 20, 30, 40, false)]
    [InlineData(10, 19.9, 30, 40, false)]
    [InlineData(10, 20, 30.1, 40, false)]
    [InlineData(10, 20, 30, 40.1, false)]
    public void Holds_Box_OnlyWhollyInside(double x, double y, double width, double height, bool holds) =>
        Assert.Equal(holds, new FrameWindow(10, 20, 30, 40).Holds(new PersonBox(x, y, width, height)));

    private static void AssertNear(FrameWindow expected, FrameWindow window)
    {
        Assert.Equal(expected.X, window.X, 1e-9);
        Assert.Equal(expected.Y, window.Y, 1e-9);
        Assert.Equal(expected.Width, window.Width, 1e-9);
        Assert.Equal(expected.Height, window.Height, 1e-9);
    }
}
