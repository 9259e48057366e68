using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Journeys;

public sealed class RecoveryTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task AnyStorageCall_ProcessDiesThere_JobStillSucceedsOnce(bool afterEffect, bool atOnce)
    {
        var deaths = 0;
        for (var deadlyCall = 1; ; deadlyCall++)
        {
            var shared = AnUpload(out var id);
            var mortality = new Mortality(deadlyCall, afterEffect);
            using (var mortal = new WorkerProcess(shared, mortality))
            {
                await UntilDeathAsync(async () =>
                {
                    await mortal.Uploads.HandleAsync("default", "photo.raw", atOnce, Cancel);
                    await DrainAsync(shared, mortal);
                });
            }

            if (!mortality.IsDead)
            {
                break;
            }

            deaths++;
            await RecoverAsync(shared);
            var job = (await shared.Jobs.FindAsync(id, Cancel))!.Record;
            Assert.True(job.State == JobState.Succeeded, $"Death at call {deadlyCall} left the job {job.State}.");
            Assert.All(job.Targets, target => Assert.Equal(TargetState.Succeeded, target.State));
            Assert.Equal(job.Targets.Count, shared.Results.Count);
        }

        output.WriteLine($"{deaths} places to die {(afterEffect ? "after" : "before")} the effect");
        Assert.True(deaths >= (atOnce ? 7 : 8), $"{deaths} deaths");
    }

    [Fact]
    public async Task HandleAsync_EveryEventOneToFiveTimesInRandomOrder_OneRecordAndOneResultPerTarget()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var shared = new SharedStorage();
        var names = Enumerable.Range(0, 20).Select(index => $"photo-{index}.raw").ToArray();
        foreach (var (index, name) in names.Index())
        {
            shared.Photos.Add(PhotoContainer.Uploads, "default", name, RawCodec.Picture(90, 120, (byte)index));
        }

        var events = names.SelectMany(name => Enumerable.Repeat(name, random.Next(1, 6))).ToArray();
        random.Shuffle(events);
        using var one = new WorkerProcess(shared);
        using var two = new WorkerProcess(shared);
        await Task.WhenAll(events.Select((name, index) => (index % 2 == 0 ? one : two).Uploads.HandleAsync("default", name, Cancel)));
        await DrainAsync(shared, one, two);

        var page = await shared.Jobs.ListAsync(tenant: null, 100, continuation: null, Cancel);
        Assert.Equal(names.Length, page.Jobs.Count);
        Assert.All(page.Jobs, job => Assert.Equal(JobState.Succeeded, job.State));
        Assert.Equal(names.Length * 4, shared.Results.Count);
    }

    [Fact]
    public async Task Watchdog_ProcessOnThisMachineHasEnded_ItsJobIsTakenUpBeforeTheLeaseRunsOut()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are told apart on Linux only.");
        var shared = AnUpload(out var id);
        using var mortal = DyingInTheGenerator(shared);
        await mortal.Uploads.HandleAsync("default", "photo.raw", Cancel);
        await UntilDeathAsync(() => DrainAsync(shared, mortal));
        var lease = Assert.Single(await shared.Leases.ListAsync(Cancel));
        using var survivor = new WorkerProcess(shared);
        Assert.Equal(0, await survivor.Watchdog.RunAsync(Cancel));

        await shared.Leases.RenewAsync(lease with { Process = ProcessIdentity.OfThisProcess + "0" }, Cancel);
        Assert.Equal(1, await survivor.Watchdog.RunAsync(Cancel));
        await DrainAsync(shared, survivor);

        Assert.Equal(JobState.Succeeded, (await shared.Jobs.FindAsync(id, Cancel))!.Record.State);
    }

    [Fact]
    public async Task Watchdog_WorkerDiedRightAfterAClaim_ItsOneMessageIsEnough()
    {
        var shared = AnUpload(out var id);
        using var mortal = DyingInTheGenerator(shared);
        await mortal.Uploads.HandleAsync("default", "photo.raw", Cancel);
        await mortal.Keeper.CurrentIdAsync(Cancel);

        // The lease is last renewed, later the job is claimed, and just then the worker dies.
        var lease = new TransferOptions().LeaseDuration;
        shared.Clock.Advance(lease / 2);
        await UntilDeathAsync(() => DrainAsync(shared, mortal));
        shared.Clock.Advance(lease / 2);
        using var survivor = new WorkerProcess(shared);
        Assert.Equal(1, await survivor.Watchdog.RunAsync(Cancel));
        await DrainAsync(shared, survivor);

        Assert.Equal(JobState.Succeeded, (await shared.Jobs.FindAsync(id, Cancel))!.Record.State);
    }

    [Fact]
    public async Task HandleAsync_WorkerStoppedPastItsClaim_IsRefusedByTheFencingNumber()
    {
        var shared = AnUpload(out var id);
        using var fresh = new WorkerProcess(shared);
        var isStopped = 0;
        using var stopped = new WorkerProcess(shared, generator: new ShadingGenerator(async _ =>
        {
            if (Interlocked.Exchange(ref isStopped, 1) == 1)
            {
                return;
            }

            // While this worker hangs in the generator its lease runs out, and another one finishes the job.
            shared.Clock.Advance(TimeSpan.FromMinutes(1));
            await fresh.Watchdog.RunAsync(Cancel);
            await DrainAsync(shared, fresh);
        }));
        await stopped.Uploads.HandleAsync("default", "photo.raw", Cancel);
        await DrainAsync(shared, stopped);

        var job = (await shared.Jobs.FindAsync(id, Cancel))!.Record;
        Assert.Equal(JobState.Succeeded, job.State);
        Assert.Equal(2, job.Attempt);
        Assert.Equal(job.Targets.Count, shared.Results.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_StorageDoesNotAnswerToTheClaimOrItsReturn_AnotherWorkerTakesTheJobUp(bool whileClaiming)
    {
        var shared = AnUpload(out var id);
        var away = false;
        var mortality = new Mortality { IsStorageAway = () => away };
        using var worker = new WorkerProcess(shared, mortality, generator: new ShadingGenerator(_ =>
        {
            away = true;
            throw new InfrastructureException("Storage does not answer.", isTransient: true);
        }));
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        away = whileClaiming;
        var message = shared.Queue.Receive()!;
        await Assert.ThrowsAsync<InfrastructureException>(() => worker.Jobs.HandleAsync(message, Cancel));
        var running = (await shared.Jobs.FindAsync(id, Cancel))!.Record;
        Assert.Equal(JobState.Running, running.State);

        // The process lives on and renews its lease, but not the one that the lost claim names.
        Assert.NotEqual(running.Claim!.Owner, await worker.Keeper.CurrentIdAsync(Cancel));
        using var other = new WorkerProcess(shared);
        await other.Jobs.HandleAsync(message, Cancel);
        shared.Clock.Advance(new TransferOptions().LeaseDuration);
        await other.Watchdog.RunAsync(Cancel);
        await DrainAsync(shared, other);

        Assert.Equal(JobState.Succeeded, (await shared.Jobs.FindAsync(id, Cancel))!.Record.State);
    }

    [Fact]
    public async Task HandleAsync_CancelledWhileRunning_StaysCancelled()
    {
        var shared = AnUpload(out var id);
        using var worker = new WorkerProcess(shared, generator: new ShadingGenerator(_ =>
            shared.Jobs.ChangeAsync(id, known: null, job => job.IsFinal ? null : job.Cancel(shared.Clock.GetUtcNow()), Cancel)));
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        await DrainAsync(shared, worker);

        var job = (await shared.Jobs.FindAsync(id, Cancel))!.Record;
        Assert.Equal(JobState.Cancelled, job.State);
        Assert.All(job.Targets, target => Assert.Null(target.Result));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_CancelledWhileGenerating_StopsTheGeneratorAtTheNextHeartbeat(bool erased)
    {
        var shared = AnUpload(out var id);
        using var worker = new WorkerProcess(shared, generator: new ShadingGenerator(async stopped =>
        {
            var job = await shared.Jobs.ChangeAsync(id, known: null, job => job.IsFinal ? null : job.Cancel(shared.Clock.GetUtcNow()), Cancel);
            if (erased && job is not null)
            {
                await shared.Jobs.DeleteAsync(job, Cancel);
            }

            shared.Clock.Advance(new TransferOptions().HeartbeatInterval);
            await Task.Delay(Timeout.Infinite, stopped);
        }));
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        await DrainAsync(shared, worker).WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        var job = await shared.Jobs.FindAsync(id, Cancel);
        Assert.Equal(erased ? null : JobState.Cancelled, job?.Record.State);
        Assert.Equal(0, shared.Results.Count);
    }

    [Fact]
    public async Task HandleAsync_ErasedWhileRunning_LeavesNoResult()
    {
        var shared = AnUpload(out var id);
        using var worker = new WorkerProcess(shared, generator: new ShadingGenerator(async _ =>
        {
            if (await shared.Jobs.FindAsync(id, Cancel) is { } job)
            {
                await shared.Jobs.DeleteAsync(job, Cancel);
            }
        }));
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        await DrainAsync(shared, worker);

        Assert.Null(await shared.Jobs.FindAsync(id, Cancel));
        Assert.Equal(0, shared.Results.Count);
    }

    [Fact]
    public async Task HandleAsync_ParsedPhotoErasedWithAnotherJob_ParsesAgain()
    {
        var shared = AnUpload(out var id);
        using (var parser = new WorkerProcess(shared))
        {
            await parser.Uploads.HandleAsync("default", "photo.raw", Cancel);
        }

        var source = (await shared.Jobs.FindAsync(id, Cancel))!.Record.Source;
        await shared.Parsed.DeleteAsync(Tenant.Default, source.PixelHash!, Cancel);
        using var worker = new WorkerProcess(shared);
        await DrainAsync(shared, worker);

        Assert.Equal(JobState.Succeeded, (await shared.Jobs.FindAsync(id, Cancel))!.Record.State);
    }

    private static SharedStorage AnUpload(out JobId id)
    {
        var shared = new SharedStorage();
        var etag = shared.Photos.Add(PhotoContainer.Uploads, "default", "photo.raw", RawCodec.Picture(90, 120, 200));
        id = JobId.FromUpload(Tenant.Default, "photo.raw", etag);
        return shared;
    }

    /// <summary>The process is gone, and what it had received with it; time passes, and another process finds what to do.</summary>
    private static async Task RecoverAsync(SharedStorage shared)
    {
        using var survivor = new WorkerProcess(shared);
        shared.Clock.Advance(TimeSpan.FromMinutes(1));
        await survivor.Watchdog.RunAsync(Cancel);
        await DrainAsync(shared, survivor);
        await survivor.Sweep.RunAsync(Cancel);
        await DrainAsync(shared, survivor);
    }

    private static async Task DrainAsync(SharedStorage shared, params WorkerProcess[] workers)
    {
        for (var turn = 0; shared.Queue.Receive() is { } message; turn++)
        {
            await workers[turn % workers.Length].Jobs.HandleAsync(message, Cancel);
        }
    }

    private static WorkerProcess DyingInTheGenerator(SharedStorage shared)
    {
        var mortality = new Mortality();
        return new(shared, mortality, generator: new ShadingGenerator(_ =>
        {
            mortality.Kill();
            return Task.CompletedTask;
        }));
    }

    private static async Task UntilDeathAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (ProcessDeathException)
        {
            // As planned.
        }
    }
}
