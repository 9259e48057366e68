using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Running;

/// <summary>Jobs that a worker with nothing else to do runs as soon as it has parsed their photo.</summary>
public sealed class ImmediateRunTests
{
    private readonly SharedStorage shared = new();
    private readonly Dictionary<string, JobId> ids = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_IdleWorker_RunsTheJobWithoutAMessage()
    {
        using var worker = new WorkerProcess(shared);

        var job = await DeliverAsync(worker, Drop("photo.raw"));

        Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempt));
        Assert.Null(shared.Queue.Receive());
    }

    [Fact]
    public async Task HandleAsync_WorkerThatMayNot_QueuesTheJob()
    {
        using var worker = new WorkerProcess(shared, runsAtOnce: false);

        Assert.Equal(JobState.Queued, (await DeliverAsync(worker, Drop("photo.raw"))).State);
        Assert.NotNull(shared.Queue.Receive());
    }

    [Fact]
    public async Task HandleAsync_WorkerAtAnotherJob_QueuesTheJob()
    {
        WorkerProcess? worker = null;
        var (first, second) = (Drop("first.raw"), Drop("second.raw"));
        JobRecord? meanwhile = null;
        using var busy = worker = new WorkerProcess(shared, generator: new ShadingGenerator(async _ => meanwhile ??= await DeliverAsync(worker!, second)));

        Assert.Equal(JobState.Succeeded, (await DeliverAsync(busy, first)).State);

        Assert.Equal(JobState.Queued, meanwhile?.State);
        Assert.Equal(ids[second], shared.Queue.Receive()?.JobId);
        Assert.Null(shared.Queue.Receive());
    }

    [Fact]
    public async Task HandleAsync_DeliveredAgainWhileItRunsAndAfterwards_RunsOnce()
    {
        WorkerProcess? worker = null;
        var generated = 0;
        var photo = Drop("photo.raw");
        using var only = worker = new WorkerProcess(shared, generator: new ShadingGenerator(async _ =>
        {
            if (Interlocked.Increment(ref generated) == 1)
            {
                await DeliverAsync(worker!, photo);
            }
        }));

        await DeliverAsync(only, photo);
        var job = await DeliverAsync(only, photo);

        Assert.Equal((JobState.Succeeded, 1, job.Targets.Count), (job.State, job.Attempt, generated));
    }

    [Fact]
    public async Task HandleAsync_FaultThatMayPass_LeavesTheJobToTheQueue()
    {
        var faults = 1;
        using var worker = new WorkerProcess(shared, generator: new ShadingGenerator(_ =>
            Interlocked.Decrement(ref faults) == 0 ? throw new InfrastructureException("Away.", isTransient: true) : Task.CompletedTask));

        Assert.Equal(JobState.Queued, (await DeliverAsync(worker, Drop("photo.raw"))).State);
        await worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);

        Assert.Equal(JobState.Succeeded, (await shared.Jobs.ListAsync(tenant: null, 1, continuation: null, Cancel)).Jobs[0].State);
    }

    [Fact]
    public async Task HandleAsync_GeneratorThatIsNotThere_IsRefusedOutOfTheQueue()
    {
        using var worker = new WorkerProcess(shared);
        var photo = Drop("photo.raw", new() { [PhotoMetadata.Generator] = "imaginary" });

        await DeliverAsync(worker, photo);
        await worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);

        Assert.Equal(FailureCodes.GeneratorUnknown, (await shared.Jobs.FindAsync(ids[photo], Cancel))!.Record.Failure?.Code);
    }

    private string Drop(string name, Dictionary<string, string>? metadata = null)
    {
        ids[name] = JobId.FromUpload(
            Tenant.Default, name, shared.Photos.Add(PhotoContainer.Uploads, "default", name, RawCodec.Picture(90, 120, 200), metadata));
        return name;
    }

    private async Task<JobRecord> DeliverAsync(WorkerProcess worker, string name)
    {
        await worker.Uploads.HandleAsync("default", name, mayRunAtOnce: true, Cancel);
        return (await shared.Jobs.FindAsync(ids[name], Cancel))!.Record;
    }
}
