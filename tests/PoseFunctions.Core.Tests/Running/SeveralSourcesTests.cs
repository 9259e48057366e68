using System.Security.Cryptography;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Tests.Generation.Composition;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Running;

/// <summary>Jobs whose person is shown by several photos: each of one shade, by which a view is known.</summary>
public sealed class SeveralSourcesTests
{
    private const byte Front = 40;
    private const byte Back = 160;

    private readonly SharedStorage shared = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_PhotosThatShowAHalfEach_ShowsAllOfThePersonFromBoth()
    {
        using var worker = new WorkerProcess(shared, generator: Halves());
        Add("back.raw", Back);

        var alone = await RunAsync(worker, sources: null);
        var both = await RunAsync(worker, "back.raw", "both.raw");

        Assert.Equal((JobState.Succeeded, JobState.Succeeded), (alone.State, both.State));
        Assert.InRange(alone.Targets[0].Result!.Coverage!.Value, 0.3, 0.7);
        Assert.Equal(1, both.Targets[0].Result!.Coverage);
        var shades = await ShadesAsync(both);
        Assert.Contains(Front, shades);
        Assert.Contains(Back, shades);
        Assert.DoesNotContain(Back, await ShadesAsync(alone));
    }

    [Fact]
    public async Task HandleAsync_MinCoverage_CountsWhatAllPhotosShow()
    {
        using var worker = new WorkerProcess(shared, generator: Halves());
        Add("back.raw", Back);

        var alone = await RunAsync(worker, sources: null, minCoverage: "0.9");
        var both = await RunAsync(worker, "back.raw", "both.raw", "0.9");

        Assert.All(alone.Targets, target => Assert.Equal(FailureCodes.CoverageTooLow, target.Failure?.Code));
        Assert.Equal(JobState.Succeeded, both.State);
    }

    [Fact]
    public async Task HandleAsync_TwoTargetsAndThreePhotos_AreGeneratedOnceEach()
    {
        var shades = new List<byte>();
        var generator = new ShadingGenerator
        {
            Flow = Flows.Shifted(),
            Generating = input =>
            {
                lock (shades)
                {
                    shades.Add(ShadeOf(input));
                }
            },
        };
        using var worker = new WorkerProcess(shared, generator: generator);
        Add("back.raw", Back);
        Add("side.raw", 220);
        await RunAsync(worker, "back.raw,side.raw");

        Assert.Equal(new byte[] { Front, Front, Back, Back, 220, 220 }, shades.Order());
    }

    [Fact]
    public async Task HandleAsync_OtherPhotoOrOtherOrder_OnlyTheFormerIsAnotherInputAndChangesTheResult()
    {
        using var worker = new WorkerProcess(shared, generator: Halves());
        Add("back.raw", Back);
        Add("other.raw", Back + 1);
        Add("dark.raw", 5);

        var alone = await RunAsync(worker, sources: null);
        var back = await RunAsync(worker, "back.raw", "a.raw");
        var again = await RunAsync(worker, "back.raw", "b.raw");
        var other = await RunAsync(worker, "other.raw", "c.raw");
        var (one, reversed) = (await RunAsync(worker, "back.raw,dark.raw", "d.raw"), await RunAsync(worker, "dark.raw,back.raw", "e.raw"));

        Assert.Equal(HashOf(back), HashOf(again));
        Assert.Equal(3, new[] { HashOf(alone), HashOf(back), HashOf(other) }.Distinct().Count());
        Assert.Equal(await FileAsync(one), await FileAsync(reversed));
    }

    [Fact]
    public async Task HandleAsync_OnePhoto_IsWhatItWasBeforeThereCouldBeSeveral()
    {
        // Recorded before there could be several; the file again when people got a shadow.
        using var worker = new WorkerProcess(shared, generator: new ShadingGenerator
        {
            Flow = Flows.Shifted(
                column => column < 24 ? 0.01f : 0.09f, (column, row) => ((column * 7) + (row * 3)) % 64 / 63f, (column, row) => ((column * 5) + (row * 11)) % 97 / 70f),
        });
        using var chart = TestImages.Chart(90, 120);
        var job = await RunAsync(worker, sources: null, picture: new RawCodec().Encode(chart, new(ImageFormat.Png)));

        Assert.Equal("39d1445fa4731585386de821fe3c4fdad94bd2f2cea14ca745c436a84c53cf61", Convert.ToHexStringLower(SHA256.HashData(await FileAsync(job))));
        Assert.Equal("194a4e7774f7a611837a285e5e6bd6d7bebd6a192084e71328484253377ed2c9", HashOf(job));
        Assert.Equal("0.5035787321063395", $"{job.Targets[0].Result!.Coverage:R}");
    }

    [Fact]
    public async Task HandleAsync_GeneratorThatDoesNotTellWhatAPhotoShows_IsRefusedBeforeAnyAttempt()
    {
        using var worker = new WorkerProcess(shared);
        Add("back.raw", Back);

        var job = await RunAsync(worker, "back.raw");

        Assert.Equal((JobState.Failed, FailureCodes.GeneratorUnsuitable, 0), (job.State, job.Failure?.Code, job.Attempt));
    }

    [Theory]
    [InlineData((int)Back, null)]
    [InlineData(Back + 1, FailureCodes.SourcePhotoMissing)]
    [InlineData(null, FailureCodes.SourcePhotoMissing)]
    public async Task HandleAsync_PhotoThatIsWrittenAgainMeanwhile_MustBeTheSamePicture(int? shade, string? code)
    {
        using var first = new WorkerProcess(shared, generator: Halves());
        Add("back.raw", Back);
        await UploadAsync(first, "back.raw");
        await shared.Photos.DeleteAsync(PhotoContainer.PosePhotos, "default", "back.raw", etag: null, Cancel);
        if (shade is { } again)
        {
            Add("back.raw", (byte)again);
        }

        // Another process, which does not remember the file.
        using var second = new WorkerProcess(shared, generator: Halves());
        var message = shared.Queue.Receive()!;
        await second.Jobs.HandleAsync(message, Cancel);

        var job = (await shared.Jobs.FindAsync(message.JobId, Cancel))!.Record;
        Assert.Equal(code is null ? JobState.Succeeded : JobState.Failed, job.State);
        Assert.Equal(code, job.Failure?.Code);
    }

    /// <summary>A generator to whom the front shows the left half of every pose, anything light the right half, and anything dark nothing.</summary>
    private static ShadingGenerator Halves() => new()
    {
        FlowOf = input => Flows.Shifted(visibility: ShadeOf(input) switch
        {
            Front => (column, _) => column < 24 ? 0.9f : 0.05f,
            < Front => (_, _) => 0.1f,
            _ => (column, _) => column < 24 ? 0.05f : 0.8f,
        }),
    };

    private static byte ShadeOf(GenerationInput input) => input.SourceImage.Row(input.SourceImage.Size.Height / 2)[3 * (input.SourceImage.Size.Width / 2)];

    private static string? HashOf(JobRecord job) => job.Targets[0].Result?.InputHash;

    private void Add(string name, byte shade) => shared.Photos.Add(PhotoContainer.PosePhotos, "default", name, RawCodec.Picture(90, 120, shade));

    private async Task UploadAsync(WorkerProcess worker, string? sources, string name = "photo.raw", string? minCoverage = null, byte[]? picture = null)
    {
        var metadata = new Dictionary<string, string> { [PhotoMetadata.Poses] = "front,walking" };
        foreach (var (key, value) in new[] { (PhotoMetadata.Sources, sources), (PhotoMetadata.MinCoverage, minCoverage) })
        {
            if (value is not null)
            {
                metadata[key] = value;
            }
        }

        shared.Photos.Add(PhotoContainer.Uploads, "default", name, picture ?? RawCodec.Picture(90, 120, Front), metadata);
        await worker.Uploads.HandleAsync("default", name, Cancel);
    }

    private async Task<JobRecord> RunAsync(
        WorkerProcess worker, string? sources, string name = "photo.raw", string? minCoverage = null, byte[]? picture = null)
    {
        await UploadAsync(worker, sources, name, minCoverage, picture);
        var message = shared.Queue.Receive()!;
        await worker.Jobs.HandleAsync(message, Cancel);
        return (await shared.Jobs.FindAsync(message.JobId, Cancel))!.Record;
    }

    private async Task<byte[]> FileAsync(JobRecord job)
    {
        await using var file = (await shared.Results.OpenAsync(job.Id, 0, job.Targets[0].Result!.Format, Cancel))!;
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, Cancel);
        return bytes.ToArray();
    }

    /// <summary>The shades across the chest of the person in the result.</summary>
    private async Task<HashSet<byte>> ShadesAsync(JobRecord job)
    {
        using var image = new RawCodec().DecodeOwn(await FileAsync(job));
        var row = image.Row(image.Size.Height / 3);
        var shades = new HashSet<byte>();
        for (var x = 0; x < image.Size.Width; x++)
        {
            shades.Add(row[3 * x]);
        }

        return shades;
    }
}
