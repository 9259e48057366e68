using System.Text;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Decoders;
using PoseFunctions.Imaging.ImageSharp;
using PoseFunctions.Imaging.Native;
using Xunit;

namespace PoseFunctions.Imaging.Tests.ImageSharp;

public sealed class ImageSharpReceivedPhotoTests : ReceivedPhotoContract
{
    private readonly ImageCodec other = new(Options.Create(new ImageLimits()));

    public static TheoryData<ImageFormat> Written => [ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.WebP];

    protected override IImageCodec Codec { get; } = new ImageSharpCodec(Options.Create(new ImageLimits()));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Identify_CmykJpeg_IsRefusedInsteadOfShownInWrongColours(bool withProfile)
    {
        using var picture = TestPictures.Corners(160, 96);

        AssertRejected(FailureCodes.ImageFormatUnsupported, PhotoFiles.Cmyk(picture, withProfile));
    }

    [Fact]
    public void Identify_Avif_IsRefusedByFormat()
    {
        using var picture = TestPictures.Corners(64, 64);

        AssertRejected(FailureCodes.ImageFormatUnsupported, other.Encode(picture, new(ImageFormat.Avif)));
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void Decode_WhatTheOtherCodecWrote_GivesTheSamePicture(ImageFormat format)
    {
        using var picture = TestPictures.Corners(1200, 801);
        var file = other.Encode(picture, new(format));

        using var expected = other.Decode(file, 256);
        using var decoded = Codec.Decode(file, 256);

        Assert.InRange(TestPictures.Difference(expected, decoded), 0, 1.5);
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void Encode_WithProvenance_IsReadBackAsXmpByTheOtherCodec(ImageFormat format)
    {
        using var picture = TestPictures.Corners(64, 64);
        using var pinned = new PinnedMemory(Codec.Encode(picture, new(format, Provenance: new("xinggan", "1.2.3"))));

        using var image = ImageLoader.Open(pinned, format, Shrink.None);

        Assert.Contains("trainedAlgorithmicMedia", Encoding.UTF8.GetString(image.GetMetadata("xmp-data")), StringComparison.Ordinal);
    }
}
