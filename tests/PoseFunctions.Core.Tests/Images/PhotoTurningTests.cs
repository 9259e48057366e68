using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Core.Tests.Images;

/// <summary>A picture of three columns and two rows, whose pixels are numbered row by row.</summary>
public sealed class PhotoTurningTests
{
    [Theory]
    [InlineData(0, 3, new byte[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(1, 2, new byte[] { 3, 0, 4, 1, 5, 2 })]
    [InlineData(2, 3, new byte[] { 5, 4, 3, 2, 1, 0 })]
    [InlineData(3, 2, new byte[] { 2, 5, 1, 4, 0, 3 })]
    [InlineData(4, 3, new byte[] { 0, 1, 2, 3, 4, 5 })]
    public void Turned_ByQuarters_TurnsClockwise(int quarters, int width, byte[] expected)
    {
        using var picture = RgbImage.CopyOf(new(3, 2), [.. Enumerable.Range(0, 6).SelectMany(pixel => new byte[] { (byte)pixel, 100, (byte)(200 + pixel) })]);

        using var turned = picture.Turned(quarters);

        Assert.Equal(new ImageSize(width, 6 / width), turned.Size);
        Assert.Equal(expected.SelectMany(pixel => new byte[] { pixel, 100, (byte)(200 + pixel) }), turned.Pixels.ToArray());
    }
}
