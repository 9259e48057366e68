using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Journeys;

/// <summary>Whatever a worker is doing while its job is erased, nothing of the photo stays.</summary>
public sealed class ErasureTests
{
    private const string Key = "order 4711";
    private const byte OldShade = 200;
    private const byte NewShade = 9;

    private readonly SharedStorage shared = new();
    private readonly JobId id = JobId.FromIdempotencyKey(Tenant.Default, Key);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parse_PhotoWithoutAPerson_KeepsNothing()
    {
        Upload(OldShade);
        using var worker = new WorkerProcess(shared, parser: new StandingPersonParser(confidence: 0));
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);

        Assert.Equal(FailureCodes.PersonMissing, (await FindAsync())?.Failure?.Code);
        Assert.Equal(0, shared.Parsed.Count);
    }

    [Fact]
    public async Task Parse_AnyOutcome_TheRecordKnowsEveryPhotoThatIsKept()
    {
        shared.Photos.Add(PhotoContainer.PosePhotos, "default", "pose.raw", RawCodec.Picture(60, 80, 77));
        Upload(OldShade, new TargetPose { Photo = "pose.raw" });
        using var worker = new WorkerProcess(shared);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        Assert.Equal((2, 2), ((await FindAsync())!.PixelHashes.Count(), shared.Parsed.Count));

        await EraseAsync();
        Assert.Equal(0, shared.Parsed.Count);

        Upload(OldShade, new TargetPose { Photo = "pose.raw" }, new TargetPose { Photo = "missing.raw" });
        using var fresh = new WorkerProcess(shared);
        await fresh.Uploads.HandleAsync("default", "photo.raw", Cancel);
        Assert.Equal((await FindAsync())!.PixelHashes.Count(), shared.Parsed.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Parse_ErasedMeanwhile_LeavesNothing(bool isCancelledOnly)
    {
        var request = Upload(OldShade);
        await shared.Jobs.TryCreateAsync(
            JobRecord.Accept(id, new("photo.raw", "1", 9), request, shared.Clock.GetUtcNow(), traceParent: null), Cancel);
        using var worker = new WorkerProcess(
            shared, parser: new InterruptedParser(() => isCancelledOnly ? CancelAsync() : EraseAsync()));
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);

        Assert.Equal(isCancelledOnly ? JobState.Cancelled : null, (await FindAsync())?.State);
        Assert.Equal(0, shared.Parsed.Count);
        Assert.Null(shared.Queue.Receive());
    }

    [Fact]
    public async Task Parse_ErasedWhileALateSecondDeliveryParses_DoesNotComeBack()
    {
        var etag = shared.Photos.Add(PhotoContainer.Uploads, "default", "photo.raw", RawCodec.Picture(90, 120, OldShade));
        var dropped = JobId.FromUpload(Tenant.Default, "photo.raw", etag);
        shared.Clock.Advance(TimeSpan.FromMinutes(1));
        using var first = new WorkerProcess(shared);
        using var second = new WorkerProcess(shared, parser: new InterruptedParser(async () =>
        {
            await first.Uploads.HandleAsync("default", "photo.raw", Cancel);
            await EraseAsync(dropped);
        }));
        await second.Uploads.HandleAsync("default", "photo.raw", Cancel);

        Assert.Null(await shared.Jobs.FindAsync(dropped, Cancel));
        Assert.Equal(0, shared.Parsed.Count);
    }

    [Fact]
    public async Task Run_CancelledForErasureAfterItsResultsWereDeleted_CleansUpItself()
    {
        await QueueAsync();
        using var worker = new WorkerProcess(shared, generator: new ShadingGenerator(_ => CancelAsync()));
        await worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);

        Assert.Equal(0, shared.Results.Count);
        Assert.Equal(0, shared.Parsed.Count);
    }

    [Fact]
    public async Task Run_WorkerDiesAfterWritingForAnErasedJob_TheMessagesNextDeliveryCleansUp()
    {
        await QueueAsync();
        var message = shared.Queue.Receive()!;
        var mortality = new Mortality();
        using var mortal = new WorkerProcess(shared, mortality, generator: new ShadingGenerator(async _ =>
        {
            var claimed = (await FindAsync())!;
            await EraseAsync();
            await shared.Results.WriteAsync(id, claimed.Fence, 0, ImageFormat.Jpeg, new byte[9], Cancel);
            mortality.Kill();
        }));
        await Assert.ThrowsAsync<ProcessDeathException>(() => mortal.Jobs.HandleAsync(message, Cancel));
        Assert.Equal(1, shared.Results.Count);

        shared.Clock.Advance(TimeSpan.FromMinutes(1));
        using var survivor = new WorkerProcess(shared);
        await survivor.Jobs.HandleAsync(message, Cancel);
        Assert.Equal(0, shared.Results.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ErasedAndSubmittedAgainUnderTheSameKey_ShowsOnlyTheNewPicture(bool newJobIsFaster)
    {
        await QueueAsync();
        using var newer = new WorkerProcess(shared);
        using var older = new WorkerProcess(shared, generator: new ShadingGenerator(async _ =>
        {
            await EraseAsync();
            // Within a heartbeat, so that the older worker does not see it before it writes.
            shared.Clock.Advance(TimeSpan.FromMilliseconds(1));
            Upload(NewShade);
            await newer.Uploads.HandleAsync("default", "photo.raw", Cancel);
            if (newJobIsFaster)
            {
                await newer.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);
            }
        }));
        await older.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);
        if (!newJobIsFaster)
        {
            Assert.Equal(0, shared.Results.Count);
            await newer.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);
        }

        Assert.Equal(JobState.Succeeded, (await FindAsync())!.State);
        await using var result = (await shared.Results.OpenAsync(id, 0, ImageFormat.Jpeg, Cancel))!;
        result.Seek(-1, SeekOrigin.End);
        Assert.Equal(NewShade, result.ReadByte());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_PhotoWasReplaced_IsNeverMadeFromTheOtherPhoto(bool isStillParsed)
    {
        Upload(OldShade);
        using var worker = new WorkerProcess(shared);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        if (!isStillParsed)
        {
            await shared.Parsed.DeleteAsync(Tenant.Default, (await FindAsync())!.Source.PixelHash!, Cancel);
        }

        Upload(NewShade);
        using var other = new WorkerProcess(shared);
        await other.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);

        var job = (await FindAsync())!;
        Assert.Equal((JobState.Failed, FailureCodes.PhotoMissing), (job.State, job.Failure?.Code));
        Assert.Equal(0, shared.Results.Count);
    }

    private TransferRequest Upload(byte shade, params TargetPose[] targets) =>
        Upload(shade, new TransferRequest { Targets = targets.Length == 0 ? [new() { Pose = "front" }] : targets });

    private TransferRequest Upload(byte shade, TransferRequest request)
    {
        var metadata = new Dictionary<string, string>
        {
            [PhotoMetadata.IdempotencyKey] = Key,
            [PhotoMetadata.Request] = Convert.ToBase64String(TransferRequestJson.Write(request)),
        };
        shared.Photos.Add(PhotoContainer.Uploads, "default", "photo.raw", RawCodec.Picture(90, 120, shade), metadata);
        return request;
    }

    private async Task QueueAsync()
    {
        Upload(OldShade);
        using var worker = new WorkerProcess(shared);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
    }

    private async Task<JobRecord?> FindAsync() => (await shared.Jobs.FindAsync(id, Cancel))?.Record;

    private async Task CancelAsync() =>
        await shared.Jobs.ChangeAsync(id, known: null, job => job.IsFinal ? null : job.Cancel(shared.Clock.GetUtcNow()), Cancel);

    private Task EraseAsync() => EraseAsync(id);

    /// <summary>What the API does, in its order.</summary>
    private async Task EraseAsync(JobId job)
    {
        var stored = await shared.Jobs.ChangeAsync(
            job, known: null, record => record.IsFinal ? null : record.Cancel(shared.Clock.GetUtcNow()), Cancel);
        await shared.Photos.DeleteAsync(PhotoContainer.Uploads, "default", "photo.raw", etag: null, Cancel);
        foreach (var hash in stored!.Record.PixelHashes)
        {
            await shared.Parsed.DeleteAsync(Tenant.Default, hash, Cancel);
        }

        await shared.Results.DeleteAsync(job, stored.Record.Fence, Cancel);
        await shared.Jobs.DeleteAsync(stored, Cancel);
    }

    private sealed class InterruptedParser(Func<Task> meanwhile) : IPersonParser
    {
        private readonly StandingPersonParser inner = new();

        public string Version => inner.Version;

        public float MinimumConfidence => inner.MinimumConfidence;

        public Task<IReadOnlyList<FoundPerson>> FindAsync(RgbImage photo, CancellationToken cancellationToken) =>
            inner.FindAsync(photo, cancellationToken);

        public async Task<ParsedPerson> ParseAsync(RgbImage photo, PersonSquare square, CancellationToken cancellationToken)
        {
            await meanwhile();
            return await inner.ParseAsync(photo, square, cancellationToken);
        }
    }
}
