using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Recovery;

public sealed class PoisonHandlerTests
{
    private const int DeliveriesBeforePoison = 5;

    private readonly SharedStorage shared = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_HealthyJobWhoseDeliveriesFailed_RunsWithANewMessage()
    {
        var id = AnUpload();
        using var worker = new WorkerProcess(shared);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);

        // Five deliveries in a row met storage that was away, and left nothing in the record.
        Assert.NotNull(shared.Queue.Receive());
        await worker.Poison.HandleAsync(id, Cancel);
        await worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);

        Assert.Equal(JobState.Succeeded, (await RecordAsync(id)).State);
    }

    [Fact]
    public async Task HandleAsync_JobThatFailsEveryTime_EndsAfterAllItsAttempts()
    {
        var id = AnUpload();
        using var worker = new WorkerProcess(
            shared, generator: new ShadingGenerator(_ => throw new InfrastructureException("No memory.", isTransient: true)));
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        while (shared.Queue.Receive() is { } message)
        {
            for (var delivery = 1; await FailsAsync(worker, message); delivery++)
            {
                if (delivery == DeliveriesBeforePoison)
                {
                    await worker.Poison.HandleAsync(id, Cancel);
                    break;
                }
            }
        }

        var job = await RecordAsync(id);
        Assert.Equal((JobState.Failed, FailureCodes.AttemptsExhausted), (job.State, job.Failure?.Code));
        Assert.Equal(new TransferOptions().MaxAttempts, job.Attempt);
    }

    [Fact]
    public async Task HandleAsync_EndedOrErasedJob_SendsNothing()
    {
        var id = AnUpload();
        using var worker = new WorkerProcess(shared);
        await worker.Poison.HandleAsync(id, Cancel);
        await worker.Poison.HandleUploadAsync("default", "photo.raw", Cancel);
        await worker.Poison.HandleAsync(id, Cancel);

        Assert.Null(shared.Queue.Receive());
    }

    [Fact]
    public async Task HandleUploadAsync_ParsedByAnotherDelivery_LeavesTheJobAlone()
    {
        var id = AnUpload();
        using var worker = new WorkerProcess(shared);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        await worker.Poison.HandleUploadAsync("default", "photo.raw", Cancel);

        Assert.Equal(JobState.Queued, (await RecordAsync(id)).State);
    }

    [Fact]
    public async Task HandleUploadAsync_NameThatCannotBeOpened_IsNoFault()
    {
        using var worker = new WorkerProcess(shared);

        await worker.Poison.HandleUploadAsync("default", "../photo.raw", Cancel);
    }

    [Theory]
    [InlineData("poses", "front,walking")]
    [InlineData("request", "eyJ0YXJnZXRzIjpbeyJwb3NlIjoiZnJvbnQifSx7InBvc2UiOiJ3YWxraW5nIn1dfQ==")]
    public async Task HandleUploadAsync_RetriedByTheOperator_RunsWithItsRequest(string key, string value)
    {
        var id = AnUpload(new() { [key] = value });
        using var worker = new WorkerProcess(shared);
        await worker.Poison.HandleUploadAsync("default", "photo.raw", Cancel);
        var failed = await RecordAsync(id);
        Assert.Equal((JobState.Failed, FailureCodes.AttemptsExhausted), (failed.State, failed.Failure?.Code));

        await shared.Jobs.ChangeAsync(id, known: null, record => record.Retry(shared.Clock.GetUtcNow()), Cancel);
        shared.Clock.Advance(TimeSpan.FromMinutes(1));
        await worker.Sweep.RunAsync(Cancel);
        await worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);

        var job = await RecordAsync(id);
        Assert.Equal(JobState.Succeeded, job.State);
        Assert.Equal(["front", "walking"], job.Targets.Select(target => target.Name));
        Assert.Equal(["front", "walking"], job.Request.Targets.Select(target => target.Pose));
    }

    private static async Task<bool> FailsAsync(WorkerProcess worker, JobMessage message)
    {
        try
        {
            await worker.Jobs.HandleAsync(message, Cancel);
            return false;
        }
        catch (InfrastructureException)
        {
            return true;
        }
    }

    private JobId AnUpload(Dictionary<string, string>? metadata = null)
    {
        var etag = shared.Photos.Add(PhotoContainer.Uploads, "default", "photo.raw", RawCodec.Picture(90, 120, 7), metadata);
        return JobId.FromUpload(Tenant.Default, "photo.raw", etag);
    }

    private async Task<JobRecord> RecordAsync(JobId id) => (await shared.Jobs.FindAsync(id, Cancel))!.Record;
}
