using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Imaging.Tests.Damage;

/// <summary>One rule for every file that is not as it should be: all pixels are there and it is taken, or it is refused.</summary>
public sealed class IncompleteFileTests
{
    private static readonly byte[] Junk = "a camera's own notes, in no format of ours 0123456789"u8.ToArray();

    private readonly ImageCodec codec = new(Options.Create(new ImageLimits()));

    public static TheoryData<string> Builds =>
    [
        nameof(JpegFiles.Sequential), nameof(JpegFiles.WithoutSubsampling), nameof(JpegFiles.Grey), nameof(JpegFiles.WithRestarts),
        nameof(JpegFiles.Progressive),
    ];

    [Theory]
    [MemberData(nameof(Builds))]
    public void Decode_WholeJpeg_IsWhatAnotherDecoderSees(string build)
    {
        using var picture = TestPictures.Noisy(203, 131);
        var file = JpegFiles.Make(build, picture);

        using var decoded = codec.Decode(file);
        using var expected = IndependentDecoder.Decode(file);

        Assert.InRange(TestPictures.Difference(expected, decoded), 0, 1.5);
    }

    [Theory]
    [MemberData(nameof(Builds))]
    public void Decode_JpegWithoutEndMarker_IsTheWholePicture(string build)
    {
        using var picture = TestPictures.Noisy(203, 131);
        var file = JpegFiles.Make(build, picture);

        AssertSame(file, file[..^2]);
        AssertSame(file, file[..^1]);
        AssertSame(file, [.. file, .. Junk]);
    }

    [Theory]
    [InlineData(nameof(JpegFiles.Sequential))]
    [InlineData(nameof(JpegFiles.WithoutSubsampling))]
    [InlineData(nameof(JpegFiles.Grey))]
    [InlineData(nameof(JpegFiles.WithRestarts))]
    public void Decode_JpegWithJunkInPlaceOfItsEndMarker_IsTheWholePicture(string build)
    {
        using var picture = TestPictures.Noisy(203, 131);
        var file = JpegFiles.Make(build, picture);

        AssertSame(file, [.. file[..^2], .. Junk]);
    }

    // Sizes at which the last block row has all its rows, one of them, or most; cuts through all of the last block row and more.
    [Theory]
    [MemberData(nameof(Builds))]
    public void Decode_JpegCutAnywhereNearItsEnd_IsTheWholePictureOrRefused(string build)
    {
        foreach (var (width, height) in new[] { (64, 48), (65, 41), (50, 57), (33, 33) })
        {
            using var picture = TestPictures.Noisy(width, height);
            var file = JpegFiles.Make(build, picture);
            using var whole = codec.Decode(file);
            for (var missing = 3; missing < file.Length / 2; missing += 1 + (missing / 40))
            {
                var cut = file[..^missing];
                AssertWholeOrRefused(whole, cut);
                AssertWholeOrRefused(whole, [.. cut, .. JpegFiles.EndMarker]);
                AssertWholeOrRefused(whole, [.. cut, .. JpegFiles.EndMarker, .. Junk]);
            }
        }
    }

    [Theory]
    [InlineData(nameof(JpegFiles.Sequential))]
    [InlineData(nameof(JpegFiles.WithoutSubsampling))]
    [InlineData(nameof(JpegFiles.Progressive))]
    public void Decode_JpegCutToASmallerSize_IsRefusedToo(string build)
    {
        using var picture = TestPictures.Noisy(640, 480);
        var file = JpegFiles.Make(build, picture);
        using var small = codec.Decode(file.AsMemory()[..^2], 100);

        Assert.Equal(new ImageSize(100, 75), small.Size);
        AssertRefused([.. file[..^100], .. JpegFiles.EndMarker], 100);
    }

    [Theory]
    [MemberData(nameof(Builds))]
    public void Decode_JpegOverwrittenInTheMiddle_IsRefused(string build)
    {
        using var picture = TestPictures.Noisy(320, 240);
        var file = JpegFiles.Make(build, picture);
        file.AsSpan(file.Length / 2, 400).Fill(0xFF);

        AssertRefused(file);
    }

    // Every scan goes over all blocks of the picture, and costs its sender ten bytes.
    [Fact]
    public void Decode_JpegOfThousandsOfScans_IsRefusedBeforeAnyIsDecoded()
    {
        using var picture = TestPictures.Noisy(640, 480);
        var file = JpegFiles.Progressive(picture);
        var scan = file.AsSpan().IndexOf<byte>([0xFF, 0xDA]);
        byte[] another = [0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 1, 0x0D];

        var refused = Assert.Throws<RejectedException>(
            () => codec.Decode((byte[])[.. file[..scan], .. Enumerable.Repeat(another, 3000).SelectMany(one => one), .. file[scan..]]));

        Assert.Equal("The image/jpeg file is damaged or truncated: it has more than 100 scans.", refused.Message);
    }

    [Fact]
    public void Decode_HarmlessOddities_AreTheSamePicture()
    {
        using var picture = TestPictures.Noisy(160, 96);
        var file = JpegFiles.Sequential(picture);

        AssertSame(file, JpegFiles.WithEmptySelection(file));
        AssertSame(file, JpegFiles.WithStrayBytes(file));
        AssertSame(file, JpegFiles.WithUnknownVersion(file));
        var progressive = JpegFiles.Progressive(picture);
        AssertSame(progressive, JpegFiles.WithStrayBytes(progressive));
        AssertSame(progressive, JpegFiles.WithUnknownVersion(progressive));
    }

    [Fact]
    public void Decode_PngWithoutEndChunk_IsTheWholePicture()
    {
        using var picture = TestPictures.Noisy(160, 96);
        var file = codec.Encode(picture, new(ImageFormat.Png));

        AssertSame(file, PngFiles.WithoutEnd(file));
        AssertSame(file, [.. PngFiles.WithoutEnd(file), .. Junk]);
        AssertSame(file, [.. file, .. Junk]);
        AssertRefused(PngFiles.WithoutEnd(file)[..^20]);
        AssertRefused([.. PngFiles.WithoutEnd(file)[..^20], .. file[^12..]]);
    }

    [Theory]
    [InlineData("noeoi.jpg")]
    [InlineData("samsung-sos.jpg")]
    [InlineData("wall-junk.jpg")]
    public async Task Decode_ReceivedFileWithAllPixels_IsWhatAnotherDecoderSees(string name)
    {
        var file = await File.ReadAllBytesAsync(SharedTestData.Require("cases", name), TestContext.Current.CancellationToken);

        using var decoded = codec.Decode(file);
        using var expected = IndependentDecoder.Decode([.. JpegFiles.WithoutStrayBytes(file), .. JpegFiles.EndMarker]);

        Assert.InRange(TestPictures.Difference(expected, decoded), 0, 1.5);
    }

    [Theory]
    [InlineData("cut.png")]
    [InlineData("trunc1pct.jpg")]
    public async Task Decode_ReceivedFileWithoutAllPixels_IsRefused(string name) =>
        AssertRefused(await File.ReadAllBytesAsync(SharedTestData.Require("cases", name), TestContext.Current.CancellationToken));

    private void AssertSame(byte[] expected, byte[] file)
    {
        using var whole = codec.Decode(expected);
        using var decoded = codec.Decode(file);
        Assert.Equal(whole.ContentHash(), decoded.ContentHash());
    }

    private void AssertWholeOrRefused(RgbImage whole, byte[] file)
    {
        try
        {
            using var decoded = codec.Decode(file);
            Assert.Equal(whole.ContentHash(), decoded.ContentHash());
        }
        catch (RejectedException refused)
        {
            Assert.Equal(FailureCodes.ImageUnreadable, refused.Code);
        }
    }

    private void AssertRefused(byte[] file, int? maxLongSide = null) =>
        Assert.Equal(FailureCodes.ImageUnreadable, Assert.Throws<RejectedException>(() => codec.Decode(file, maxLongSide).Dispose()).Code);
}
