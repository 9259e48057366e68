using System.Text;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Tests;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace PoseFunctions.Pictures.Tests;

public sealed class PictureFileTests
{
    [Fact]
    public void Decode_WhatWasEncoded_GivesThePictureBack()
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = PictureFile.Decode(PictureFile.EncodePng(picture), 160);

        Assert.Equal(picture.ContentHash(), decoded.ContentHash());
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("webp")]
    public void Decode_LossyFormats_GiveThePictureBack(string extension)
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = PictureFile.Decode(Encode(picture, extension), 160);

        Assert.InRange(TestPictures.Difference(picture, decoded), 0, 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void Decode_TurnedPhoto_ComesOutUpright(int orientation)
    {
        using var upright = TestPictures.Corners(160, 96);
        using var stored = TestPictures.Stored(upright, orientation);

        using var decoded = PictureFile.Decode(TestPictures.WithExif(Encode(stored, "jpg"), orientation), 160);

        Assert.InRange(TestPictures.Difference(upright, decoded), 0, 4);
    }

    [Fact]
    public void Decode_ToALongSide_ShrinksAndNeverEnlarges()
    {
        using var picture = TestPictures.Corners(900, 600);
        var file = PictureFile.EncodePng(picture);

        using var small = PictureFile.Decode(file, 90);
        using var full = PictureFile.Decode(file, 5000);

        Assert.Equal(new ImageSize(90, 60), small.Size);
        Assert.Equal(picture.Size, full.Size);
    }

    [Fact]
    public void Decode_TransparentPixels_AreLaidOverWhite()
    {
        using var transparent = new Image<Rgba32>(40, 40, new Rgba32(10, 20, 30, 0));
        using var file = new MemoryStream();
        transparent.SaveAsPng(file);

        using var decoded = PictureFile.Decode(file.ToArray(), 40);

        Assert.Equal((255, 255, 255), TestPictures.At(decoded, 20, 20));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<svg/>")]
    [InlineData("GIF89a\u0001\0\u0001\0\0\0\0;")]
    [InlineData("\0\0\0\u001Cftypavif\0\0\0\0avifmif1miaf")]
    public void Decode_OtherFormats_AreRefused(string content) =>
        AssertRefused(FailureCodes.ImageFormatUnsupported, Encoding.Latin1.GetBytes(content));

    [Fact]
    public void Decode_HeaderOfSixtyThousandSquared_IsRefusedFromTheHeader() =>
        AssertRefused(FailureCodes.ImageTooManyPixels, TestPictures.PngHeader(60_000, 60_000));

    [Fact]
    public void Decode_RightFirstBytesAndRubbish_IsRefused()
    {
        using var picture = TestPictures.Corners(64, 64);
        var file = PictureFile.EncodePng(picture);
        new Random(7).NextBytes(file.AsSpan(12));

        AssertRefused(FailureCodes.ImageUnreadable, file);
    }

    private static void AssertRefused(string code, byte[] file) =>
        Assert.Equal(code, Assert.Throws<RejectedException>(() => PictureFile.Decode(file, 100).Dispose()).Code);

    private static byte[] Encode(RgbImage picture, string extension)
    {
        using var image = Image.WrapMemory<Rgb24>(picture.Memory, picture.Size.Width, picture.Size.Height);
        using var file = new MemoryStream();
        if (extension == "jpg")
        {
            image.SaveAsJpeg(file, new() { Quality = 95 });
        }
        else
        {
            image.SaveAsWebp(file, new() { Quality = 95 });
        }

        return file.ToArray();
    }
}
