using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Intake;

/// <summary>Photos of one person come in: in any order, twice, late, or never.</summary>
public sealed class SourcesTests
{
    private static readonly TransferOptions Options = new();

    private readonly SharedStorage shared = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_PhotosThatAreThere_AreParsedAndTheRecordTellsOfEach()
    {
        Add("back.raw", 60, 80, 8);
        Add("side.raw", 30, 40, 9);
        var parser = new StandingPersonParser();
        var job = await DropAsync("back.raw, side.raw", parser: parser);

        Assert.Equal((JobState.Queued, 4, 3), (job.State, job.SchemaVersion, parser.Parsed));
        Assert.Equal(["back.raw", "side.raw"], job.Sources.Select(source => source.BlobName));
        Assert.Equal([(60, 80), (30, 40)], job.Sources.Select(source => (source.Width!.Value, source.Height!.Value)));
        Assert.All(job.Sources, source => Assert.Equal((1, 0, "standing-1"), (source.People, source.Turns, source.ParserVersion)));
        Assert.All(job.Sources, source => Assert.NotNull(source.Person));
        Assert.Equal(3, job.PixelHashes.Count());
    }

    [Fact]
    public async Task HandleAsync_PhotoThatAnotherJobHasBrought_IsNotParsedAgain()
    {
        Add("back.raw", 60, 80, 8);
        var parser = new StandingPersonParser();
        await DropAsync("back.raw", parser: parser);
        await DropAsync("back.raw", parser: parser, name: "other.raw");

        // Both own photos are the same picture, too.
        Assert.Equal(2, parser.Parsed);
    }

    [Fact]
    public async Task HandleAsync_PhotoThatComesLate_IsWaitedForAndTheSweepGoesOn()
    {
        Add("back.raw", 60, 80, 8);
        var parser = new StandingPersonParser();
        var waiting = await DropAsync("back.raw,side.raw", parser: parser);

        Assert.Equal((JobState.Parsing, 90, "back.raw"), (waiting.State, waiting.Source.Width, Assert.Single(waiting.Sources).BlobName));
        Assert.Null(shared.Queue.Receive());
        Assert.Equal(2, shared.Parsed.Count);

        shared.Clock.Advance(Options.MissedAfter);
        using var worker = new WorkerProcess(shared, parser: parser);
        await worker.Sweep.RunAsync(Cancel);
        Assert.Equal(JobState.Parsing, (await FindAsync(waiting.Id)).State);

        Add("side.raw", 30, 40, 9);
        shared.Clock.Advance(Options.MissedAfter);
        await worker.Sweep.RunAsync(Cancel);
        var job = await FindAsync(waiting.Id);
        Assert.Equal((JobState.Queued, 2), (job.State, job.Sources.Count));
        Assert.Equal(job.Id, shared.Queue.Receive()?.JobId);
        Assert.Equal(3, parser.Parsed);
    }

    [Fact]
    public async Task HandleAsync_PhotoThatNeverComes_FailsAfterTheWaitAndSaysWhich()
    {
        var waiting = await DropAsync("folder/back.raw");
        using var worker = new WorkerProcess(shared);
        shared.Clock.Advance(Options.CompanionWait - TimeSpan.FromSeconds(1));
        await worker.Sweep.RunAsync(Cancel);
        Assert.Equal(JobState.Parsing, (await FindAsync(waiting.Id)).State);

        shared.Clock.Advance(Options.MissedAfter);
        await worker.Sweep.RunAsync(Cancel);

        var job = await FindAsync(waiting.Id);
        Assert.Equal((JobState.Failed, FailureCodes.SourcePhotoMissing), (job.State, job.Failure?.Code));
        Assert.Contains("'back.raw'", job.Failure!.Message, StringComparison.Ordinal);
        Assert.Null(shared.Queue.Receive());
    }

    [Fact]
    public async Task HandleAsync_SceneThatComesLateOrNever_IsWaitedForAsLong()
    {
        var (late, never) = (await DropAsync(metadata: new() { ["scene"] = "late.raw" }), await DropAsync(metadata: new() { ["scene"] = "gone.raw" }, name: "b.raw"));
        Assert.Equal([JobState.Parsing, JobState.Parsing], new[] { late.State, never.State });

        Add("late.raw", 60, 80, 8);
        shared.Clock.Advance(Options.CompanionWait);
        using var worker = new WorkerProcess(shared);
        await worker.Sweep.RunAsync(Cancel);

        Assert.Equal(JobState.Queued, (await FindAsync(late.Id)).State);
        Assert.Equal(FailureCodes.ScenePhotoMissing, (await FindAsync(never.Id)).Failure?.Code);
    }

    [Fact]
    public async Task HandleAsync_EventThatComesTwiceAroundALatePhoto_MakesOneJob()
    {
        var waiting = await DropAsync("back.raw");
        using var worker = new WorkerProcess(shared);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        Add("back.raw", 60, 80, 8);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        var queued = await FindAsync(waiting.Id);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);

        Assert.Equal(JobState.Queued, queued.State);
        Assert.Equal(queued.QueuedAt, (await FindAsync(waiting.Id)).QueuedAt);
        Assert.Single((await shared.Jobs.ListAsync(tenant: null, 10, continuation: null, Cancel)).Jobs);
    }

    [Fact]
    public async Task HandleAsync_JobThatWaitsAndLosesItsOwnPhoto_Fails()
    {
        var waiting = await DropAsync("back.raw");
        await shared.Photos.DeleteAsync(PhotoContainer.Uploads, "default", "photo.raw", etag: null, Cancel);
        shared.Clock.Advance(Options.MissedAfter);
        using var worker = new WorkerProcess(shared);
        await worker.Sweep.RunAsync(Cancel);

        Assert.Equal(FailureCodes.PhotoMissing, (await FindAsync(waiting.Id)).Failure?.Code);
    }

    [Theory]
    [InlineData("page.raw", FailureCodes.ImageFormatUnsupported)]
    [InlineData("nobody.raw", FailureCodes.PersonMissing)]
    [InlineData("two.raw", FailureCodes.PersonAmbiguous)]
    public async Task HandleAsync_PhotoThatCannotBeUsed_FailsTheJobAndSaysWhich(string name, string code)
    {
        Add("good.raw", 45, 60, 5);
        Add("nobody.raw", 50, 60, 8);
        Add("two.raw", 60, 80, 9);
        shared.Photos.Add(PhotoContainer.PosePhotos, "default", "page.raw", "<html>"u8.ToArray());
        var parser = new StandingPersonParser
        {
            Finds = photo => photo.Width switch
            {
                50 => [],
                60 => [StandingPersonParser.StandingIn(new(0, 20, 28, 40)), StandingPersonParser.StandingIn(new(30, 20, 28, 40))],
                _ => [StandingPersonParser.StandingIn(new(0, 0, photo.Width, photo.Height))],
            },
        };
        var job = await DropAsync($"good.raw,{name}", new() { ["person"] = "only" }, parser);

        Assert.Equal((JobState.Failed, code), (job.State, job.Failure?.Code));
        Assert.Contains($"'{name}'", job.Failure!.Message, StringComparison.Ordinal);

        // Nothing is kept that no record knows.
        Assert.Equal(job.PixelHashes.Count(), shared.Parsed.Count);
    }

    [Theory]
    [InlineData("left", 0, 30)]
    [InlineData("right", 30, 60)]
    [InlineData("0.5,0,0.5,1", 0, 30)]
    public async Task HandleAsync_SeveralPeopleInAFurtherPhoto_FollowsTheRuleButNotABoxOfTheOther(string person, double left, double right)
    {
        Add("two.raw", 60, 80, 9);

        // The one on the left is larger.
        var parser = new StandingPersonParser
        {
            Finds = photo => photo.Width == 60
                ? [StandingPersonParser.StandingIn(new(0, 18, 28, 44)), StandingPersonParser.StandingIn(new(30, 20, 28, 40))]
                : [StandingPersonParser.StandingIn(new(0, 0, photo.Width, photo.Height))],
        };
        var job = await DropAsync("two.raw", new() { ["person"] = person }, parser);

        Assert.Equal((JobState.Queued, 2), (job.State, job.Sources[0].People));
        Assert.InRange(job.Sources[0].Person!.Value.CenterX, left, right);
        Assert.Equal(person.Length > 5 ? PersonSelection.Default : job.Request.Person, job.Request.PersonInSources);
    }

    [Theory]
    [InlineData("a.raw,b.raw,c.raw,d.raw")]
    [InlineData("a.raw,a.raw")]
    public async Task HandleAsync_TooManyOrTheSameTwice_IsRefused(string sources) =>
        Assert.Equal(FailureCodes.RequestInvalid, (await DropAsync(sources)).Failure?.Code);

    private void Add(string name, int width, int height, byte shade) =>
        shared.Photos.Add(PhotoContainer.PosePhotos, "default", name, RawCodec.Picture(width, height, shade));

    private async Task<JobRecord> DropAsync(
        string? sources = null, Dictionary<string, string>? metadata = null, StandingPersonParser? parser = null, string name = "photo.raw")
    {
        metadata ??= [];
        if (sources is not null)
        {
            metadata[PhotoMetadata.Sources] = sources;
        }

        var etag = shared.Photos.Add(PhotoContainer.Uploads, "default", name, RawCodec.Picture(90, 120, 7), metadata);
        using var worker = new WorkerProcess(shared, parser: parser);
        await worker.Uploads.HandleAsync("default", name, Cancel);
        return await FindAsync(JobId.FromUpload(Tenant.Default, name, etag));
    }

    private async Task<JobRecord> FindAsync(JobId id) => (await shared.Jobs.FindAsync(id, Cancel))!.Record;
}
