using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Running;

public sealed class RunJobHandlerTests
{
    private readonly SharedStorage shared = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_GeneratorCannotDoOneTarget_FailsThatTargetOnly()
    {
        var images = 0;
        using var worker = new WorkerProcess(shared, generator: new ShadingGenerator(_ => ++images == 2
            ? throw new InfrastructureException("secret detail", isTransient: false)
            : Task.CompletedTask));

        var job = await RunAsync(worker, await UploadAsync(worker));

        Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempt));
        Assert.Equal([true, false, true, true], job.Targets.Select(target => target.State == TargetState.Succeeded));
        Assert.Equal(FailureCodes.GenerationFailed, job.Targets[1].Failure?.Code);
        Assert.DoesNotContain("secret", job.Targets[1].Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_GeneratorFailsForNow_HandsTheJobBack()
    {
        using var worker = new WorkerProcess(
            shared, generator: new ShadingGenerator(_ => throw new InfrastructureException("no memory", isTransient: true)));
        var id = await UploadAsync(worker);

        await Assert.ThrowsAsync<InfrastructureException>(() => RunAsync(worker, id));

        Assert.Equal(JobState.Queued, (await shared.Jobs.FindAsync(id, Cancel))!.Record.State);
    }

    [Fact]
    public async Task HandleAsync_HostStopsInTheMiddle_HandsTheJobOverWithAMessageOfItsOwn()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var worker = new WorkerProcess(shared, generator: new ShadingGenerator(async _ =>
        {
            await stopping.CancelAsync();
            stopping.Token.ThrowIfCancellationRequested();
        }));
        var id = await UploadAsync(worker);

        await worker.Jobs.HandleAsync(shared.Queue.Receive()!, stopping.Token);

        Assert.Equal((JobState.Queued, null), ((await FindAsync(id)).State, (await FindAsync(id)).Claim));
        using var other = new WorkerProcess(shared);
        Assert.Equal((JobState.Succeeded, 2), ((await RunAsync(other, id)).State, (await FindAsync(id)).Attempt));
    }

    [Fact]
    public async Task HandleAsync_RecordOfANewerRevision_IsLeftToThatRevision()
    {
        using var worker = new WorkerProcess(shared);
        var id = await UploadAsync(worker);
        var queued = (await shared.Jobs.FindAsync(id, Cancel))!;
        var newer = await shared.Jobs.ReplaceAsync(
            queued, queued.Record with { SchemaVersion = JobRecord.CurrentSchemaVersion + 1 }, Cancel);

        await Assert.ThrowsAsync<NewerSchemaException>(() => worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel));

        Assert.Equal(newer.Version, (await shared.Jobs.FindAsync(id, Cancel))!.Version);
    }

    [Fact]
    public async Task HandleAsync_OwnCopyOfThePersonSmallerThanPhotosMayBe_Succeeds()
    {
        Assert.True(Surroundings.LongSide < 800);
        using var worker = new WorkerProcess(shared, codec: new RawCodec(minSide: 600));

        var job = await RunAsync(worker, await UploadAsync(worker, width: 600, height: 800));

        Assert.True(job.State == JobState.Succeeded, $"{job.State}: {job.Failure}");
    }

    [Fact]
    public async Task HandleAsync_MostTargets_HoldsNoMoreLargeImagesThanThereAreCores()
    {
        var parser = new WaitingParser();
        using var worker = new WorkerProcess(shared, parser: parser);
        var id = await UploadAsync(worker, metadata: new()
        {
            [PhotoMetadata.Poses] = string.Join(',', Enumerable.Repeat("front", TransferRequestRules.MaxTargets)),
        });

        var running = RunAsync(worker, id);
        Assert.InRange(parser.Waiting, 1, Environment.ProcessorCount);
        parser.Release();

        Assert.All((await running).Targets, target => Assert.Equal(TargetState.Succeeded, target.State));
    }

    private async Task<JobId> UploadAsync(
        WorkerProcess worker, int width = 90, int height = 120, Dictionary<string, string>? metadata = null)
    {
        var etag = shared.Photos.Add(PhotoContainer.Uploads, "default", "photo.raw", RawCodec.Picture(width, height, 200), metadata);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        return JobId.FromUpload(Tenant.Default, "photo.raw", etag);
    }

    private async Task<JobRecord> RunAsync(WorkerProcess worker, JobId id)
    {
        await worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);
        return await FindAsync(id);
    }

    private async Task<JobRecord> FindAsync(JobId id) => (await shared.Jobs.FindAsync(id, Cancel))!.Record;
}
