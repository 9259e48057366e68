using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Imaging.Tests;

/// <summary>What every codec must do with files of kinds that the service never writes but receives.</summary>
public abstract class ReceivedPhotoContract
{
    // The files are made with libvips, whichever codec then reads them.
    static ReceivedPhotoContract() => _ = ImageCodec.NativeVersion;

    protected abstract IImageCodec Codec { get; }

    [Fact]
    public void Decode_PhotoWithProfile_IsConvertedByIt()
    {
        using var picture = TestPictures.Corners(160, 96);

        using var converted = Codec.Decode(PhotoFiles.DisplayP3(picture, withProfile: true));
        using var untagged = Codec.Decode(PhotoFiles.DisplayP3(picture, withProfile: false));

        Assert.InRange(TestPictures.Difference(picture, converted), 0, 2);
        Assert.InRange(TestPictures.Difference(picture, untagged), 4, 255);
    }

    [Fact]
    public void Decode_PhotoWithBrokenProfile_IsTakenAsSrgb()
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = Codec.Decode(PhotoFiles.WithBrokenProfile(picture));

        Assert.InRange(TestPictures.Difference(picture, decoded), 0, 4);
    }

    [Fact]
    public void Decode_SixteenBitPng_GivesTheSamePicture()
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = Codec.Decode(PhotoFiles.SixteenBit(picture));

        Assert.InRange(TestPictures.Difference(picture, decoded), 0, 1);
    }

    [Fact]
    public void Decode_GreyJpeg_HasThreeEqualChannels()
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = Codec.Decode(PhotoFiles.Grey(picture));

        Assert.Equal(picture.Size, decoded.Size);
        var (red, green, blue) = TestPictures.At(decoded, 100, 60);
        Assert.Equal((red, red), (green, blue));
        Assert.InRange(red, 80, 190);
    }

    [Fact]
    public void Decode_TransparentPng_IsLaidOverWhite()
    {
        using var picture = TestPictures.Corners(64, 64);

        using var transparent = Codec.Decode(PhotoFiles.WithAlpha(picture, 0));
        using var opaque = Codec.Decode(PhotoFiles.WithAlpha(picture, 255));

        Assert.Equal((255, 255, 255), TestPictures.At(transparent, 10, 10));
        Assert.Equal(0, TestPictures.Difference(picture, opaque));
    }

    [Fact]
    public void Identify_AnimatedWebP_IsRefusedByFrameCount()
    {
        using var picture = TestPictures.Corners(64, 256);

        AssertRejected(FailureCodes.ImageNotSingleFrame, PhotoFiles.AnimatedWebP(picture, 4));
    }

    protected void AssertRejected(string code, byte[] file) =>
        Assert.Equal(code, Assert.Throws<RejectedException>(() => Codec.Identify(file)).Code);
}
