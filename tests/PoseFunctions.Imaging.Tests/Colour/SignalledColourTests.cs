using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Imaging.Tests.Colour;

/// <summary>Colours that a PNG or AVIF names by code points are brought to sRGB or refused, never mistaken for sRGB.</summary>
public sealed class SignalledColourTests
{
    private const byte Bt709 = 1;
    private const byte Unspecified = 2;
    private const byte Bt2020 = 9;
    private const byte DisplayP3 = 12;
    private const byte Srgb = 13;
    private const byte Pq = 16;
    private const byte Hlg = 18;

    private readonly ImageCodec codec = new(Options.Create(new ImageLimits()));

    [Theory]
    [InlineData(Bt709, Srgb)]
    [InlineData(Bt709, Bt709)]
    [InlineData(Unspecified, Unspecified)]
    public void Decode_PngThatSaysItIsSrgb_IsTakenAsItIs(byte primaries, byte transfer)
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = codec.Decode(WithCodePoints(codec.Encode(picture, new(ImageFormat.Png)), primaries, transfer));

        Assert.Equal(picture.ContentHash(), decoded.ContentHash());
    }

    [Fact]
    public void Decode_PngInDisplayP3_IsConverted()
    {
        using var picture = TestPictures.Corners(160, 96);
        var numbers = PhotoFiles.DisplayP3(picture, withProfile: false);

        using var decoded = codec.Decode(WithCodePoints(numbers, DisplayP3, Srgb));
        using var small = codec.Decode(WithCodePoints(numbers, DisplayP3, Srgb), 80);

        Assert.InRange(TestPictures.Difference(picture, decoded), 0, 2);
        Assert.Equal(new ImageSize(80, 48), small.Size);
    }

    [Fact]
    public void Decode_PngWithCodePointsAndProfile_FollowsTheCodePoints()
    {
        using var picture = TestPictures.Corners(160, 96);
        var file = PhotoFiles.DisplayP3(picture, withProfile: true);
        using var numbers = IndependentDecoder.Decode(file);

        using var decoded = codec.Decode(WithCodePoints(file, Bt709, Srgb));
        using var undecided = codec.Decode(WithCodePoints(file, Unspecified, Unspecified));

        Assert.Equal(numbers.ContentHash(), decoded.ContentHash());
        Assert.InRange(TestPictures.Difference(picture, undecided), 0, 2);
    }

    [Theory]
    [InlineData(Bt2020, Pq, "BT.2020 primaries, PQ transfer")]
    [InlineData(Bt2020, Hlg, "BT.2020 primaries, HLG transfer")]
    [InlineData(Bt2020, Bt709, "BT.2020 primaries")]
    [InlineData(DisplayP3, Pq, "Display P3 primaries, PQ transfer")]
    [InlineData(Bt709, 8, "BT.709 primaries, linear transfer")]
    [InlineData(Bt709, 99, "kind 99 transfer")]
    public void Identify_PngOfOtherColours_IsRefusedFromTheHeader(byte primaries, byte transfer, string found)
    {
        using var picture = TestPictures.Corners(160, 96);
        var file = WithCodePoints(codec.Encode(picture, new(ImageFormat.Png)), primaries, transfer);

        var refused = Assert.Throws<RejectedException>(() => codec.Identify(file));

        Assert.Equal(FailureCodes.ImageColourUnsupported, refused.Code);
        Assert.Contains(found, refused.Message, StringComparison.Ordinal);
        Assert.Throws<RejectedException>(() => codec.Decode(file));
    }

    [Fact]
    public void Identify_PngOfNarrowRange_IsRefused()
    {
        using var picture = TestPictures.Corners(160, 96);
        var file = PngFiles.InFront(codec.Encode(picture, new(ImageFormat.Png)), "cICP", [Bt709, Srgb, 0, 0]);

        Assert.Equal(FailureCodes.ImageColourUnsupported, Assert.Throws<RejectedException>(() => codec.Identify(file)).Code);
    }

    [Theory]
    [InlineData(Bt2020, Pq)]
    [InlineData(Bt2020, Hlg)]
    public void Identify_AvifOfHdr_IsRefusedFromTheHeader(byte primaries, byte transfer)
    {
        using var picture = TestPictures.Corners(160, 96);
        var file = AvifFiles.WithCodePoints(codec.Encode(picture, new(ImageFormat.Avif)), primaries, transfer);

        var refused = Assert.Throws<RejectedException>(() => codec.Identify(file));

        Assert.Equal(FailureCodes.ImageColourUnsupported, refused.Code);
    }

    [Fact]
    public void Decode_AvifWhoseGainMapIsHdr_IsTakenAsItIs()
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = codec.Decode(AvifFiles.WithCodePointsElsewhere(codec.Encode(picture, new(ImageFormat.Avif, 95)), Bt2020, Pq));

        Assert.InRange(TestPictures.Difference(picture, decoded), 0, 3);
    }

    [Fact]
    public void Decode_AvifInSrgbOrDisplayP3_IsBroughtToSrgb()
    {
        using var picture = TestPictures.Corners(160, 96);
        using var numbers = codec.Decode(PhotoFiles.DisplayP3(picture, withProfile: false));
        var wide = codec.Encode(numbers, new(ImageFormat.Avif, 95));

        using var standard = codec.Decode(AvifFiles.WithCodePoints(codec.Encode(picture, new(ImageFormat.Avif, 95)), Bt709, Srgb));
        using var converted = codec.Decode(AvifFiles.WithCodePoints(wide, DisplayP3, Srgb));
        using var mistaken = codec.Decode(AvifFiles.WithCodePoints(wide, Bt709, Srgb));

        Assert.InRange(TestPictures.Difference(picture, standard), 0, 3);
        Assert.InRange(TestPictures.Difference(picture, converted), 0, 3);
        Assert.InRange(TestPictures.Difference(picture, mistaken), 4, 255);
    }

    private static byte[] WithCodePoints(byte[] png, byte primaries, byte transfer) =>
        PngFiles.InFront(png, "cICP", [primaries, transfer, 0, 1]);
}
