using PoseFunctions.Inference.Batching;
using PoseFunctions.Testing.Time;
using Xunit;

namespace PoseFunctions.Inference.Tests.Batching;

public sealed class DynamicBatcherTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(5);
    private readonly FakeTimeProvider clock = new();
    private readonly List<int[]> batches = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_LoneRequest_RunsWhenItsWindowCloses()
    {
        await using var batcher = Batcher(maxBatchSize: 4);

        var result = batcher.RunAsync(1, Cancel);
        await clock.WaitForTimersAsync(1, Cancel);
        Assert.False(result.IsCompleted);
        clock.Advance(Window);

        Assert.Equal(10, await result);
        Assert.Equal([1], Assert.Single(batches));
    }

    [Fact]
    public async Task RunAsync_FullBatch_RunsWithoutTheClock()
    {
        await using var batcher = Batcher(maxBatchSize: 3);

        var results = await Task.WhenAll(batcher.RunAsync(1, Cancel), batcher.RunAsync(2, Cancel), batcher.RunAsync(3, Cancel));

        Assert.Equal([10, 20, 30], results);
        Assert.Equal([1, 2, 3], Assert.Single(batches));
    }

    [Fact]
    public async Task RunAsync_Saturated_FillsBatchesFromTheQueue()
    {
        using var gate = new ManualResetEventSlim();
        await using var batcher = Batcher(maxBatchSize: 2, before: _ => gate.Wait(Cancel));

        var results = Enumerable.Range(1, 6).Select(i => batcher.RunAsync(i, Cancel)).ToArray();
        gate.Set();

        var all = await Task.WhenAll(results);
        Assert.Equal([10, 20, 30, 40, 50, 60], all);
        Assert.All(batches, batch => Assert.Equal(2, batch.Length));
    }

    [Fact]
    public async Task RunAsync_CancelledWhileWaiting_NeverRuns()
    {
        await using var batcher = Batcher(maxBatchSize: 2);
        using var impatient = new CancellationTokenSource();

        var cancelled = batcher.RunAsync(1, impatient.Token);
        await clock.WaitForTimersAsync(1, Cancel);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        var other = batcher.RunAsync(2, Cancel);

        Assert.Equal(20, await other);
        Assert.Equal([2], Assert.Single(batches));
    }

    [Fact]
    public async Task RunAsync_EveryItemOfARunCancelled_StopsTheRun()
    {
        var running = new TaskCompletionSource();
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        await using var batcher = Batcher(2, token =>
        {
            running.SetResult();
            token.WaitHandle.WaitOne();
            token.ThrowIfCancellationRequested();
        });

        Task[] results = [batcher.RunAsync(1, first.Token), batcher.RunAsync(2, second.Token)];
        await running.Task;
        await first.CancelAsync();
        Assert.False(results[1].IsCompleted);
        await second.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => results[0]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => results[1]);
    }

    [Fact]
    public async Task RunAsync_OneBadItem_FailsAlone()
    {
        await using var batcher = Batcher(maxBatchSize: 3);

        var (good, bad, fine) = (batcher.RunAsync(1, Cancel), batcher.RunAsync(-1, Cancel), batcher.RunAsync(3, Cancel));

        Assert.Equal(10, await good);
        Assert.Equal(30, await fine);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => bad);
    }

    [Fact]
    public async Task DisposeAsync_ItemsWaiting_CompletesThemAndTakesNoMore()
    {
        var batcher = Batcher(maxBatchSize: 8);
        var waiting = batcher.RunAsync(1, Cancel);

        await batcher.DisposeAsync();

        Assert.Equal(10, await waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batcher.RunAsync(2, Cancel));
    }

    private DynamicBatcher<int, int> Batcher(int maxBatchSize, Action<CancellationToken>? before = null) => new(
        "test",
        new BatchingOptions { MaxBatchSize = maxBatchSize, MaxQueueDelay = Window },
        (items, token) =>
        {
            batches.Add([.. items]);
            before?.Invoke(token);
            return [.. items.Select(item => item < 0 ? throw new ArgumentOutOfRangeException(nameof(items)) : item * 10)];
        },
        clock);
}
