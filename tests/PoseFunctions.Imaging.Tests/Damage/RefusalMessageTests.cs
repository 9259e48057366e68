using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Imaging.Tests.Damage;

/// <summary>A refusal is about the caller's own file. libvips collects the words of all threads in one buffer.</summary>
public sealed class RefusalMessageTests
{
    private const int LongestMessage = 250;

    private readonly ImageCodec codec = new(Options.Create(new ImageLimits()));

    [Fact]
    public void Decode_AfterPhotosThatTheDecoderWarnsOf_SaysOnlyWhatIsWrongWithThisFile()
    {
        using var picture = TestPictures.Noisy(160, 96);
        var odd = JpegFiles.WithEmptySelection(JpegFiles.Sequential(picture));
        var cut = codec.Encode(picture, new(ImageFormat.Png))[..2000];
        var alone = Refuse(cut);

        for (var i = 0; i < 60; i++)
        {
            codec.Decode(odd).Dispose();
            codec.Identify(odd);
            Refuse([.. JpegFiles.Sequential(picture)[..^60], .. JpegFiles.EndMarker]);
        }

        Assert.Equal("The image/png file is damaged or truncated: its content cannot be decoded, and it ends inside a chunk.", alone);
        Assert.Equal(alone, Refuse(cut));
    }

    [Fact]
    public async Task Decode_ManyFilesAtOnce_EachMessageIsThatOfItsFileAlone()
    {
        using var picture = TestPictures.Noisy(320, 240);
        var (jpeg, png) = (JpegFiles.Sequential(picture), codec.Encode(picture, new(ImageFormat.Png)));
        var (webp, avif) = (codec.Encode(picture, new(ImageFormat.WebP)), codec.Encode(picture, new(ImageFormat.Avif)));
        byte[][] faulty =
        [
            jpeg[..^200], [.. jpeg[..^200], .. JpegFiles.EndMarker], JpegFiles.Progressive(picture)[..^2000], png[..2000],
            [.. png[..2000], .. png[^2000..]], webp[..^100], avif[..^100], avif[..100], [.. webp[..30], .. new byte[500]],
            [.. JpegFiles.WithoutSubsampling(picture)[..^30], .. JpegFiles.EndMarker], PngFiles.InFront(png, "cICP", [9, 16, 0, 1]), TestPictures.PngHeader(60_000, 60_000), TestPictures.Gif(2),
        ];
        byte[][] good = [JpegFiles.WithEmptySelection(jpeg), JpegFiles.WithStrayBytes(jpeg), png, webp];
        string[] expected = [.. faulty.Select(Refuse)];
        var found = new ConcurrentBag<(int File, string Message)>();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 400),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            (i, _) =>
            {
                codec.Decode(good[i % good.Length], 64).Dispose();
                found.Add((i % faulty.Length, Refuse(faulty[i % faulty.Length])));
                return ValueTask.CompletedTask;
            });

        Assert.Equal(400, found.Count);
        Assert.All(found, one => Assert.Equal(expected[one.File], one.Message));
        Assert.All(expected, message => Assert.InRange(message.Length, 20, LongestMessage));
    }

    [Fact]
    public async Task Decode_ReceivedFilesOfTwoTenants_TellsNeitherOfTheOther()
    {
        var files = new Dictionary<string, byte[]>();
        foreach (var name in (string[])["samsung-sos.jpg", "wall-junk.jpg", "cut.png", "trunc1pct.jpg"])
        {
            files[name] = await File.ReadAllBytesAsync(SharedTestData.Require("cases", name), TestContext.Current.CancellationToken);
        }

        for (var i = 0; i < 45; i++)
        {
            codec.Decode(files["samsung-sos.jpg"]).Dispose();
            codec.Decode(files["wall-junk.jpg"]).Dispose();
        }

        Assert.Equal(
            "The image/png file is damaged or truncated: its content cannot be decoded, and it ends inside a chunk.",
            Refuse(files["cut.png"]));
        Assert.Equal(
            "The image/jpeg file is damaged or truncated: its content cannot be decoded, and it does not end with its end marker.",
            Refuse(files["trunc1pct.jpg"]));
    }

    private string Refuse(byte[] file)
    {
        var refused = Assert.Throws<RejectedException>(() => codec.Decode(file).Dispose());

        // What goes into logs must not tell of others either.
        Assert.Null(refused.InnerException);
        return refused.Message;
    }
}
