using System.Text;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Imaging.Tests;

public sealed class ImageCodecTests
{
    private const string Mark = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    public static TheoryData<ImageFormat> Formats => new(Enum.GetValues<ImageFormat>());

    public static TheoryData<int> Orientations => new(Enumerable.Range(1, 8));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Encode_AnyFormat_WritesThatFormat(ImageFormat format)
    {
        using var picture = TestPictures.Corners(64, 48);

        Assert.Equal(format, ImageSignature.Detect(Create(new()).Encode(picture, new(format))));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Decode_WhatItEncoded_GivesThePictureBack(ImageFormat format)
    {
        var codec = Create(new());
        using var picture = TestPictures.Corners(160, 96);

        var file = codec.Encode(picture, new(format));
        var info = codec.Identify(file);
        using var decoded = codec.Decode(file);

        Assert.Equal(new ImageInfo(format, picture.Size, Frames: 1, Orientation: 1), info);
        Assert.InRange(TestPictures.Difference(picture, decoded), 0, format == ImageFormat.Png ? 0 : 3);
    }

    [Fact]
    public void DecodeOwn_OutsideTheLimitsOfWhatComesIn_GivesThePictureBack()
    {
        var codec = Create(new() { MaxBytes = 100, MaxPixels = 100, MinSide = 400 });
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = codec.DecodeOwn(codec.Encode(picture, new(ImageFormat.Png)));

        Assert.Equal(picture.ContentHash(), decoded.ContentHash());
    }

    [Fact]
    public void ContentHash_OfEqualPicturesInDifferentFiles_IsEqual()
    {
        var codec = Create(new());
        using var picture = TestPictures.Corners(64, 48);

        using var plain = codec.Decode(codec.Encode(picture, new(ImageFormat.Png)));
        using var marked = codec.Decode(codec.Encode(picture, new(ImageFormat.Png, Provenance: new("m", "1.0.0"))));

        Assert.Equal(picture.ContentHash(), plain.ContentHash());
        Assert.Equal(picture.ContentHash(), marked.ContentHash());
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Decode_AnyExifOrientation_ComesOutUpright(int orientation)
    {
        var codec = Create(new());
        using var upright = TestPictures.Corners(160, 96);
        using var stored = TestPictures.Stored(upright, orientation);
        var file = TestPictures.WithExif(codec.Encode(stored, new(ImageFormat.Jpeg, 95)), orientation);

        var info = codec.Identify(file);
        using var decoded = codec.Decode(file);

        Assert.Equal(orientation, info.Orientation);
        Assert.Equal(stored.Size, info.Size);
        Assert.InRange(TestPictures.Difference(upright, decoded), 0, 3);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Decode_ToALongSide_ShrinksAndNeverEnlarges(ImageFormat format)
    {
        var codec = Create(new());
        using var picture = TestPictures.Corners(900, 601);
        var file = codec.Encode(picture, new(format));
        using var expected = codec.Resize(picture, picture.Size.WithLongSide(128));

        using var small = codec.Decode(file, 128);
        using var full = codec.Decode(file, 5000);

        Assert.InRange(TestPictures.Difference(expected, small), 0, 4);
        Assert.Equal(picture.Size, full.Size);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(97, 31)]
    [InlineData(96, 128)]
    [InlineData(1000, 7)]
    public void Resize_ToAnySize_HasExactlyThatSize(int width, int height)
    {
        using var picture = TestPictures.Corners(333, 217);

        using var resized = Create(new()).Resize(picture, new(width, height));

        Assert.Equal(new ImageSize(width, height), resized.Size);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Encode_WithProvenance_CarriesTheMarkAndTheModel(ImageFormat format)
    {
        using var picture = TestPictures.Corners(64, 64);

        var marked = Encoding.UTF8.GetString(
            Create(new()).Encode(picture, new(format, Provenance: new("xinggan<&>", "1.2.3"))));

        Assert.Contains(Mark, marked, StringComparison.Ordinal);
        Assert.Contains("xinggan&lt;&amp;&gt; 1.2.3", marked, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Encode_AfterDecodingAPhotoWithPosition_KeepsNoMetadata(ImageFormat format)
    {
        var codec = Create(new());
        using var picture = TestPictures.Corners(64, 64);
        using var decoded = codec.Decode(TestPictures.WithExif(codec.Encode(picture, new(ImageFormat.Jpeg)), 6));

        var file = Encoding.Latin1.GetString(codec.Encode(decoded, new(format)));

        Assert.DoesNotContain("Exif\0", file, StringComparison.Ordinal);
        Assert.DoesNotContain("eXIf", file, StringComparison.Ordinal);
        Assert.DoesNotContain("xpacket", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Identify_HeaderOfSixtyThousandSquared_IsRefusedFromTheHeader() =>
        AssertRejected(FailureCodes.ImageTooManyPixels, TestPictures.PngHeader(60_000, 60_000));

    [Fact]
    public void Identify_AnimatedGif_IsRefusedByFormat() =>
        AssertRejected(FailureCodes.ImageFormatUnsupported, TestPictures.Gif(100));

    [Theory]
    [InlineData("")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"64\"/>")]
    [InlineData("<!doctype html><html><body>photo.jpg</body></html>")]
    [InlineData("%PDF-1.7")]
    [InlineData("II*\0")]
    [InlineData("RIFF\0\0\0\0WAVE")]
    [InlineData("\0\0\0\u0018ftypheic")]
    public void Identify_OtherContent_IsRefusedByFormat(string content) =>
        AssertRejected(FailureCodes.ImageFormatUnsupported, Encoding.Latin1.GetBytes(content));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Decode_FileCutAnywhere_IsRefusedAsUnreadable(ImageFormat format)
    {
        using var picture = TestPictures.Corners(320, 240);
        var file = Create(new()).Encode(picture, new(format));

        foreach (var percent in (int[])[30, 50, 70, 90])
        {
            AssertRejected(FailureCodes.ImageUnreadable, file[..(file.Length * percent / 100)]);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Decode_RightMagicAndRubbish_IsRefusedAsUnreadable(ImageFormat format)
    {
        using var picture = TestPictures.Corners(64, 64);
        var file = Create(new()).Encode(picture, new(format));
        new Random(7).NextBytes(file.AsSpan(12));

        AssertRejected(FailureCodes.ImageUnreadable, file);
    }

    [Fact]
    public void Identify_BeyondALimit_SaysWhich()
    {
        using var picture = TestPictures.Corners(64, 48);
        var file = Create(new()).Encode(picture, new(ImageFormat.Png));

        AssertRejected(FailureCodes.ImageTooManyBytes, file, new() { MaxBytes = file.Length - 1 });
        AssertRejected(FailureCodes.ImageTooManyPixels, file, new() { MaxPixels = (64 * 48) - 1 });
        AssertRejected(FailureCodes.ImageTooSmall, file, new() { MinSide = 49 });
        Create(new() { MaxBytes = file.Length, MaxPixels = 64 * 48, MinSide = 48 }).Identify(file);
    }

    /// <summary>Decoding must refuse whatever identifying refuses, and with the same code.</summary>
    private static void AssertRejected(string code, byte[] file, ImageLimits? limits = null)
    {
        var refused = Assert.Throws<RejectedException>(() => Create(limits ?? new()).Decode(file).Dispose());
        Assert.Equal(code, refused.Code);
        Assert.False(refused.IsTransient);
    }

    private static ImageCodec Create(ImageLimits limits) => new(Options.Create(limits));
}
