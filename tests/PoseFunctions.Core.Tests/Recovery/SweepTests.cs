using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Recovery;

public sealed class SweepTests
{
    private static readonly TimeSpan Missed = new TransferOptions().MissedAfter;

    private readonly SharedStorage shared = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_UploadWithoutEvent_IsHandled()
    {
        var id = Drop("photo.raw");
        using var worker = new WorkerProcess(shared);
        Assert.Equal(0, await worker.Sweep.RunAsync(Cancel));

        shared.Clock.Advance(Missed);
        Assert.Equal(1, await worker.Sweep.RunAsync(Cancel));
        Assert.Equal(JobState.Queued, await StateAsync(id));
    }

    [Fact]
    public async Task RunAsync_UploadThatCannotBeOpened_IsRecordedOnceAndHoldsUpNoOther()
    {
        var id = Drop("photo.raw");
        var metadata = new Dictionary<string, string> { ["idempotencykey"] = "k" };
        shared.Photos.Add(PhotoContainer.Uploads, "default", "../other/photo.raw", [1], metadata);
        using var worker = new WorkerProcess(shared);

        shared.Clock.Advance(Missed);
        Assert.Equal(2, await worker.Sweep.RunAsync(Cancel));
        Assert.Equal(0, await worker.Sweep.RunAsync(Cancel));
        Assert.Equal(JobState.Queued, await StateAsync(id));
        Assert.Equal(JobState.Failed, await StateAsync(UploadHandler.JobIdOf("default", "../other/photo.raw", "", metadata)));
    }

    [Fact]
    public async Task RunAsync_UploadThatCannotBeHandled_IsReportedAndHoldsUpNoOther()
    {
        // Its header promises more pixels than there are, which is a fault of the codec of these tests.
        shared.Photos.Add(PhotoContainer.Uploads, "default", "bad.raw", RawCodec.Picture(90, 120, 7)[..100]);
        var good = Drop("photo.raw");
        using var worker = new WorkerProcess(shared);
        shared.Clock.Advance(Missed);

        var reported = await Assert.ThrowsAsync<AggregateException>(() => worker.Sweep.RunAsync(Cancel));

        Assert.Single(reported.InnerExceptions);
        Assert.Equal(JobState.Queued, await StateAsync(good));
    }

    [Fact]
    public async Task RunAsync_UploadWaitsWhileOthersAreParsed_IsLeftItsTurnButNotForEver()
    {
        var waiting = Drop("waiting.raw");
        using var worker = new WorkerProcess(shared);
        for (var others = 0; others < 4; others++)
        {
            Assert.Null(await shared.Jobs.FindAsync(waiting, Cancel));
            Assert.Equal(0, await worker.Sweep.RunAsync(Cancel));
            shared.Clock.Advance(Missed);
            Drop($"other-{others}.raw");
            await worker.Uploads.HandleAsync("default", $"other-{others}.raw", Cancel);
            await worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);
        }

        await worker.Sweep.RunAsync(Cancel);
        Assert.Equal(JobState.Queued, await StateAsync(waiting));
    }

    [Fact]
    public async Task RunAsync_PhotoDeletedBeforeItWasParsed_FailsTheJob()
    {
        var id = JobId.FromIdempotencyKey(Tenant.Default, "key");
        await shared.Jobs.TryCreateAsync(
            JobRecord.Accept(id, new("photo.raw", "1", 9), new() { Targets = [new() { Pose = "front" }] }, shared.Clock.GetUtcNow(), null), Cancel);
        using var worker = new WorkerProcess(shared);
        Assert.Equal(0, await worker.Sweep.RunAsync(Cancel));

        shared.Clock.Advance(Missed);
        Assert.Equal(1, await worker.Sweep.RunAsync(Cancel));
        var job = (await shared.Jobs.FindAsync(id, Cancel))!.Record;
        Assert.Equal((JobState.Failed, FailureCodes.PhotoMissing), (job.State, job.Failure?.Code));
    }

    [Fact]
    public async Task RunAsync_RetriedJobWhosePhotoWasReplaced_FailsItAgain()
    {
        var id = Drop("photo.raw");
        using var worker = new WorkerProcess(shared);
        await worker.Poison.HandleUploadAsync("default", "photo.raw", Cancel);
        await shared.Jobs.ChangeAsync(id, known: null, record => record.Retry(shared.Clock.GetUtcNow()), Cancel);
        var newer = Drop("photo.raw");
        shared.Clock.Advance(Missed);
        await worker.Sweep.RunAsync(Cancel);

        Assert.Equal((JobState.Failed, JobState.Queued), (await StateAsync(id), await StateAsync(newer)));
    }

    [Fact]
    public async Task RunAsync_StartedJobPastItsDeadlineWithoutAMessage_IsWoken()
    {
        var deadline = shared.Clock.GetUtcNow() + Missed;
        var id = Drop("photo.raw", new() { ["expiresat"] = deadline.ToString("O") });
        using var worker = new WorkerProcess(
            shared, generator: new ShadingGenerator(_ => throw new InfrastructureException("No memory.", isTransient: true)));
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        await Assert.ThrowsAsync<InfrastructureException>(() => worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel));

        shared.Clock.Advance(2 * Missed);
        Assert.Equal(1, await worker.Sweep.RunAsync(Cancel));
        Assert.Equal(id, shared.Queue.Receive()?.JobId);
    }

    private JobId Drop(string name, Dictionary<string, string>? metadata = null) => JobId.FromUpload(
        Tenant.Default, name, shared.Photos.Add(PhotoContainer.Uploads, "default", name, RawCodec.Picture(90, 120, 7), metadata));

    private async Task<JobState> StateAsync(JobId id) => (await shared.Jobs.FindAsync(id, Cancel))!.Record.State;
}
