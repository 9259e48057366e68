using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Rendering;

/// <summary>A copy of a photo's part of 40 x 40 pixels, from (20, 10) on: white but for a black square of 10 x 10 at (30, 20).</summary>
public sealed class WindowPainterTests
{
    private const byte Beyond = 127;

    private static readonly PixelRectangle Area = new(20, 10, 40, 40);

    [Theory]
    [InlineData(40)]
    [InlineData(20)]
    [InlineData(80)]
    public void Paint_CopyOfAnySize_PutsThePatternWhereThePhotoHasIt(int side)
    {
        using var copy = Copy(side);

        using var frame = WindowPainter.Paint(new RawCodec(), copy, Area, new(new(25, 15, 30, 30), new(30, 30)));

        Assert.Equal(new ImageSize(30, 30), frame.Size);
        Assert.Equal((0, 255), (At(frame, 6, 6), At(frame, 3, 3)));
        Assert.Equal((0, 255), (At(frame, 13, 13), At(frame, 16, 16)));
        Assert.Equal(255, At(frame, 13, 16));
    }

    [Fact]
    public void Paint_WindowTwiceAsFineAsTheCopy_EnlargesThePattern()
    {
        using var copy = Copy(40);

        using var frame = WindowPainter.Paint(new RawCodec(), copy, Area, new(new(25, 15, 20, 20), new(40, 40)));

        Assert.Equal((255, 0, 0, 255), (At(frame, 8, 20), At(frame, 11, 20), At(frame, 28, 20), At(frame, 31, 20)));
    }

    [Fact]
    public void Paint_BeyondTheCopy_IsGrey()
    {
        using var copy = Copy(40);

        using var frame = WindowPainter.Paint(new RawCodec(), copy, Area, new(new(10, 0, 60, 60), new(60, 60)));

        Assert.Equal((Beyond, 255), (At(frame, 9, 40), At(frame, 10, 40)));
        Assert.Equal((255, Beyond), (At(frame, 49, 40), At(frame, 50, 40)));
        Assert.Equal((Beyond, 255), (At(frame, 40, 9), At(frame, 40, 10)));
        Assert.Equal((255, Beyond), (At(frame, 40, 49), At(frame, 40, 50)));
    }

    [Fact]
    public void Paint_SurroundingsOfAPhoto_DecodesTheirPicture()
    {
        using var copy = Copy(40);
        var codec = new RawCodec();
        var surroundings = new Surroundings(Area, codec.Encode(copy, new(ImageFormat.Png)));
        var placement = new FramePlacement(new(25, 15, 30, 30), new(30, 30));

        using var frame = WindowPainter.Paint(codec, surroundings, placement);
        using var same = WindowPainter.Paint(codec, copy, Area, placement);

        Assert.Equal(same.ContentHash(), frame.ContentHash());
    }

    private static RgbImage Copy(int side)
    {
        var copy = RgbImage.Rent(new(side, side));
        copy.Pixels.Fill(255);
        for (var row = side / 4; row < side / 2; row++)
        {
            copy.Row(row).Slice(3 * (side / 4), 3 * (side / 4)).Clear();
        }

        return copy;
    }

    private static byte At(RgbImage frame, int x, int y) => frame.Row(y)[3 * x];
}
