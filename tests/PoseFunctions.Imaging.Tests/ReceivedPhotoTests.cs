using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.Options;
using NetVips;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Imaging.Tests;

/// <summary>Files of kinds that the service never writes but receives.</summary>
public sealed class ReceivedPhotoTests
{
    private readonly ImageCodec codec = new(Options.Create(new ImageLimits()));

    [Fact]
    public void Decode_PhotoWithProfile_IsConvertedByIt()
    {
        using var picture = TestPictures.Corners(160, 96);

        using var converted = codec.Decode(PhotoFiles.DisplayP3(picture, withProfile: true));
        using var untagged = codec.Decode(PhotoFiles.DisplayP3(picture, withProfile: false));

        Assert.InRange(TestPictures.Difference(picture, converted), 0, 2);
        Assert.InRange(TestPictures.Difference(picture, untagged), 4, 255);
    }

    [Fact]
    public void Decode_PhotoWithBrokenProfile_IsTakenAsSrgb()
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = codec.Decode(PhotoFiles.WithBrokenProfile(picture));

        Assert.InRange(TestPictures.Difference(picture, decoded), 0, 4);
    }

    [Fact]
    public void Decode_SixteenBitPng_GivesTheSamePicture()
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = codec.Decode(PhotoFiles.SixteenBit(picture));

        Assert.InRange(TestPictures.Difference(picture, decoded), 0, 1);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(12)]
    public void Decode_AvifOfMoreBits_GivesTheSamePicture(int bits)
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = codec.Decode(PhotoFiles.DeepAvif(picture, bits));

        Assert.InRange(TestPictures.Difference(picture, decoded), 0, 2);
    }

    [Fact]
    public void Decode_GreyJpeg_HasThreeEqualChannels()
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = codec.Decode(PhotoFiles.Grey(picture));

        Assert.Equal(picture.Size, decoded.Size);
        var (red, green, blue) = TestPictures.At(decoded, 100, 60);
        Assert.Equal((red, red), (green, blue));
        Assert.InRange(red, 80, 190);
    }

    [Fact]
    public void Decode_TransparentPng_IsLaidOverWhite()
    {
        using var picture = TestPictures.Corners(64, 64);

        using var transparent = codec.Decode(PhotoFiles.WithAlpha(picture, 0));
        using var opaque = codec.Decode(PhotoFiles.WithAlpha(picture, 255));

        Assert.Equal((255, 255, 255), TestPictures.At(transparent, 10, 10));
        Assert.Equal(0, TestPictures.Difference(picture, opaque));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decode_CmykJpeg_LooksLikeTheOriginal(bool withProfile)
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = codec.Decode(PhotoFiles.Cmyk(picture, withProfile));

        // Press inks cannot show every screen colour: close, not equal.
        Assert.InRange(TestPictures.Difference(picture, decoded), 0, 16);
    }

    [Fact]
    public void Identify_AnimatedWebP_IsRefusedByFrameCount()
    {
        using var picture = TestPictures.Corners(64, 256);

        AssertRejected(FailureCodes.ImageNotSingleFrame, PhotoFiles.AnimatedWebP(picture, 4));
    }

    [Fact]
    public void Identify_AvifSequence_IsRefusedByFrameCount()
    {
        using var picture = TestPictures.Corners(64, 64);
        var file = codec.Encode(picture, new(ImageFormat.Avif));
        "avis"u8.CopyTo(file.AsSpan(8));

        AssertRejected(FailureCodes.ImageNotSingleFrame, file);
    }

    [Fact]
    public void Decode_TwoHundredGoodAndBadFiles_LeavesNoNativeMemoryBehind()
    {
        const int seed = 20;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var picture = TestPictures.Corners(1200, 800);
        var files = Enum.GetValues<ImageFormat>().Select(format => codec.Encode(picture, new(format))).ToArray();
        var refused = 0;

        for (var i = 0; i < 200; i++)
        {
            var file = files[random.Next(files.Length)];
            try
            {
                codec.Decode(i % 2 == 0 ? file : file[..random.Next(file.Length)], 256).Dispose();
            }
            catch (RejectedException)
            {
                refused++;
            }
        }

        // One decoded picture has 2.9 million bytes. Idle worker threads may still hold a few tiles, never pictures.
        Assert.Equal(100, refused);
        Assert.InRange(Stats.Mem, 0, 8_000_000);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    public void Encode_AnyFormat_IsThePictureToAnotherDecoder(ImageFormat format)
    {
        using var picture = TestPictures.Corners(160, 96);

        using var decoded = IndependentDecoder.Decode(codec.Encode(picture, new(format, Provenance: new("m", "1.0.0"))));

        Assert.InRange(TestPictures.Difference(picture, decoded), 0, format == ImageFormat.Png ? 0 : 3);
    }

    [Theory]
    [MemberData(nameof(ImageCodecTests.Formats), MemberType = typeof(ImageCodecTests))]
    public void Encode_WithProvenance_IsReadBackAsXmp(ImageFormat format)
    {
        using var picture = TestPictures.Corners(64, 64);
        var file = codec.Encode(picture, new(format, Provenance: new("xinggan", "1.2.3")));

        using var image = Image.NewFromBuffer(file);
        var packet = XDocument.Parse(Encoding.UTF8.GetString((byte[])image.Get("xmp-data")));

        XNamespace iptc = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
        Assert.Equal(
            "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
            packet.Descendants(iptc + "DigitalSourceType").Single().Value);
        Assert.Equal("xinggan", packet.Descendants(iptc + "AISystemUsed").Single().Value);
        Assert.Equal("1.2.3", packet.Descendants(iptc + "AISystemVersionUsed").Single().Value);
    }

    private void AssertRejected(string code, byte[] file) =>
        Assert.Equal(code, Assert.Throws<RejectedException>(() => codec.Identify(file)).Code);
}
