using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Running;
using PoseFunctions.Core.Tests.Support;
using PoseFunctions.Testing.Builders;
using Xunit;

namespace PoseFunctions.Core.Tests.Running;

public sealed class ClaimWatchTests
{
    private static readonly TransferOptions Settings = new();

    private readonly SharedStorage shared = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_WorkFasterThanAHeartbeat_CostsNoLook()
    {
        var mortality = new Mortality();

        var result = await WatchOver(mortality).RunAsync(await RunningJobAsync(), _ => Task.FromResult("done"), Cancel);

        Assert.Equal(("done", 0), (result, mortality.Calls));
    }

    [Fact]
    public async Task RunAsync_ClaimStillStands_GoesOn()
    {
        var looked = new TaskCompletionSource();
        var watch = WatchOver(new Mortality { Calling = looked.SetResult });

        var result = watch.RunAsync(await RunningJobAsync(), token => AfterAsync(looked.Task, token), Cancel);
        shared.Clock.Advance(Settings.HeartbeatInterval);

        Assert.Equal("done", await result.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
    }

    [Fact]
    public async Task RunAsync_StorageDoesNotAnswer_GoesOn()
    {
        var looked = new TaskCompletionSource();
        var watch = WatchOver(new Mortality(deadlyCall: 1) { Calling = looked.SetResult });

        var result = watch.RunAsync(await RunningJobAsync(), token => AfterAsync(looked.Task, token), Cancel);
        shared.Clock.Advance(Settings.HeartbeatInterval);

        Assert.Equal("done", await result.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
    }

    [Fact]
    public async Task RunAsync_TakenOverByAnotherWorker_StopsTheWork()
    {
        var claimed = await RunningJobAsync();
        var result = WatchOver(new Mortality()).RunAsync(claimed, token => AfterAsync(Task.Delay(Timeout.Infinite, token), token), Cancel);

        await shared.Jobs.ReplaceAsync(
            claimed,
            claimed.Record.TakeBy("other", claimed.Record.Generator!, ownerIsGone: true, shared.Clock.GetUtcNow()),
            Cancel);
        shared.Clock.Advance(Settings.HeartbeatInterval);

        Assert.Null(await result.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
    }

    [Fact]
    public async Task RunAsync_CallerStops_IsCancelledAndNotLost()
    {
        using var stop = new CancellationTokenSource();
        var result = WatchOver(new Mortality()).RunAsync(
            await RunningJobAsync(), token => AfterAsync(Task.Delay(Timeout.Infinite, token), token), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => result.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
    }

    private static async Task<string> AfterAsync(Task task, CancellationToken cancellationToken)
    {
        await task.WaitAsync(cancellationToken);
        return "done";
    }

    private async Task<StoredJob> RunningJobAsync() => (await shared.Jobs.TryCreateAsync(AJob.Running(), Cancel))!;

    private ClaimWatch WatchOver(Mortality mortality) => new(
        new MortalStorage(shared, mortality), Options.Create(Settings), shared.Clock, NullLogger<ClaimWatch>.Instance);
}
