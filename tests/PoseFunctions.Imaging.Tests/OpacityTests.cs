using Microsoft.Extensions.Options;
using NetVips;
using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Imaging.Tests;

/// <summary>Pictures with an opacity: clear on the left, half seen in the middle, opaque on the right.</summary>
public sealed class OpacityTests
{
    private const int Width = 90;
    private const int Height = 60;

    private static readonly byte[] Plane = [.. Enumerable.Range(0, Width * Height).Select(pixel => (byte)(pixel % Width / 30 * 127.5))];

    private readonly ImageCodec codec = new(Options.Create(new ImageLimits()));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Encode_PngWithAnOpacity_IsReadSoByAnotherDecoder(bool marked)
    {
        using var picture = TestPictures.Corners(Width, Height);

        var file = codec.Encode(picture, new(ImageFormat.Png, 95, marked ? new("m", "1.0.0") : null, Plane));

        Assert.Equal(Plane, IndependentDecoder.Opacity(file));
        using var pixels = IndependentDecoder.Decode(file);
        AssertOpaquePartIsKept(picture, pixels);
    }

    // ImageSharp's newest free release misreads opacities between the ends in WebP, which libwebp reads as written, and reads no AVIF.
    [Theory]
    [InlineData(ImageFormat.Png, false, 0)]
    [InlineData(ImageFormat.WebP, false, 0)]
    [InlineData(ImageFormat.WebP, true, 0)]
    [InlineData(ImageFormat.Avif, false, 8)]
    [InlineData(ImageFormat.Avif, true, 8)]
    public void Encode_WithAnOpacity_KeepsEveryValue(ImageFormat format, bool marked, int tolerance)
    {
        using var picture = TestPictures.Corners(Width, Height);

        var file = codec.Encode(picture, new(format, 95, marked ? new("m", "1.0.0") : null, Plane));

        using var decoded = Image.NewFromBuffer(file);
        using var opacity = decoded.ExtractBand(3);
        Assert.All(Plane.Zip(opacity.WriteToMemory<byte>()), pair => Assert.InRange(pair.Second - pair.First, -tolerance, tolerance));
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    [InlineData(ImageFormat.Avif)]
    public void Decode_PictureWithAnOpacity_LiesOverWhite(ImageFormat format)
    {
        using var picture = TestPictures.Corners(Width, Height);

        using var decoded = codec.Decode(codec.Encode(picture, new(format, 95, Opacity: Plane)));

        AssertOpaquePartIsKept(picture, decoded);
        var (clear, half) = (TestPictures.At(decoded, 10, 30), TestPictures.At(decoded, 42, 30));
        var (r, g, b) = TestPictures.At(picture, 42, 30);
        Assert.All((int[])[clear.R, clear.G, clear.B], value => Assert.InRange(value, 250, 255));
        Assert.All(((int, int)[])[(half.R, r), (half.G, g), (half.B, b)], pair => Assert.InRange(pair.Item1 - ((pair.Item2 + 255) / 2), -8, 8));
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    public void Encode_WithoutAnOpacity_IsOpaque(ImageFormat format)
    {
        using var picture = TestPictures.Corners(Width, Height);

        Assert.All(IndependentDecoder.Opacity(codec.Encode(picture, new(format))), value => Assert.Equal(255, value));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Encode_OpacityOfAnotherSize_IsRefused(int more)
    {
        using var picture = TestPictures.Corners(Width, Height);

        Assert.Throws<ArgumentOutOfRangeException>(() => codec.Encode(picture, new(ImageFormat.Png, Opacity: new byte[Plane.Length + more])));
    }

    private static void AssertOpaquePartIsKept(RgbImage expected, RgbImage actual)
    {
        var area = new PixelRectangle(64, 4, 20, 50);
        using var one = expected.Crop(area);
        using var other = actual.Crop(area);
        Assert.InRange(TestPictures.Difference(one, other), 0, 3);
    }
}
