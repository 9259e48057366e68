using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Decoders;
using PoseFunctions.Imaging.Native;
using Xunit;

namespace PoseFunctions.Imaging.Tests;

public sealed class ReceivedPhotoTests : ReceivedPhotoContract
{
    private readonly ImageCodec codec = new(Options.Create(new ImageLimits()));

    protected override IImageCodec Codec => codec;

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
        Assert.InRange(LibVips.TrackedMemory(), 0UL, 8_000_000UL);
    }

    [Theory]
    [MemberData(nameof(ImageCodecContract.Formats), MemberType = typeof(ImageCodecContract))]
    public void Encode_WithProvenance_IsReadBackAsXmp(ImageFormat format)
    {
        using var picture = TestPictures.Corners(64, 64);
        using var pinned = new PinnedMemory(codec.Encode(picture, new(format, Provenance: new("xinggan", "1.2.3"))));

        using var image = ImageLoader.Open(pinned, format, Shrink.None);
        var packet = XDocument.Parse(Encoding.UTF8.GetString(image.GetMetadata("xmp-data")));

        XNamespace iptc = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
        Assert.Equal(
            "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
            packet.Descendants(iptc + "DigitalSourceType").Single().Value);
        Assert.Equal("xinggan", packet.Descendants(iptc + "AISystemUsed").Single().Value);
        Assert.Equal("1.2.3", packet.Descendants(iptc + "AISystemVersionUsed").Single().Value);
    }
}
