using Microsoft.Extensions.Logging;
using PoseFunctions.LocalHost.Events;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Time;

namespace PoseFunctions.LocalHost.Tests.Events.Delivery;

public sealed class DeliveryTests(AzuriteFixture azurite)
{
    // Past it an upload is taken to hang; no limit to how slow it may be.
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10_000)]
    [InlineData(1)] // so the backlog is full long before the last upload
    public async Task Uploads_WhileTheSinkHangs_AreAnsweredAndToldLater(int backlog)
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new RecordingSink(_ => open.Task);
        await using var source = await SourceUnderTest.StartAsync(azurite, sink, new BlobEventOptions { Backlog = backlog });
        var names = Enumerable.Range(0, 50).Select(number => $"{number:00}").ToList();

        // One after the other, so that each would wait behind the one before it on a connection that is kept.
        foreach (var name in names)
        {
            await source.UploadAsync(name).WaitAsync(Never, Cancellation);
        }

        var early = sink.TakeAll();
        open.SetResult();
        var told = await sink.TakeAsync(names.Count);

        Assert.Empty(early);
        Assert.Equal(names, told.Select(blob => blob.Name).Order());
    }

    [Fact]
    public async Task Sink_ThatFailsTwice_GetsTheSameEventAfterGrowingDelays()
    {
        TimeSpan[] delays = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400)];
        var clock = new FakeTimeProvider();
        var tries = new List<(string Id, DateTimeOffset At)>();
        var sink = new RecordingSink(blob =>
        {
            tries.Add((blob.Id, clock.GetUtcNow()));
            return tries.Count < 3 ? throw new HttpRequestException("refused") : Task.CompletedTask;
        });
        await using var source = await SourceUnderTest.StartAsync(azurite, sink, clock: clock);

        await source.UploadAsync("photo");
        foreach (var delay in delays)
        {
            await clock.WaitForTimersAsync(1, Cancellation);
            clock.Advance(delay);
        }

        Assert.Equal("photo", (await sink.NextAsync()).Name);
        Assert.Equal(3, tries.Count);
        Assert.Single(tries.Select(attempt => attempt.Id).Distinct());
        Assert.Equal(delays, tries.Zip(tries.Skip(1), (before, after) => after.At - before.At));
    }

    [Fact]
    public async Task Sink_ThatRefusesOneEventForGood_IsLoggedAndHoldsUpNoOther()
    {
        var clock = new FakeTimeProvider();
        using var log = new RecordingLoggerFactory(LogLevel.Error);
        var sink = new RecordingSink(blob => blob.Name == "bad" ? throw new HttpRequestException("refused") : Task.CompletedTask);
        await using var source = await SourceUnderTest.StartAsync(azurite, sink, clock: clock, loggers: log);

        await source.UploadAsync("bad");
        await source.UploadAsync("good");
        var told = await sink.NextAsync();
        var logged = log.NextAsync(Cancellation);
        while (await Task.WhenAny(logged, clock.WaitForTimersAsync(1, Cancellation)) != logged)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal("good", told.Name);
        Assert.Equal($"The event of blob {source.Container.Name}/bad was given up.", await logged);
    }

    [Fact]
    public async Task Stop_DeliversWhatKnobsHoldBack()
    {
        var sink = new RecordingSink();
        var options = new BlobEventOptions { Delay = TimeSpan.FromHours(1), Shuffle = 8, ShuffleWait = TimeSpan.FromMinutes(1) };
        await using var source = await SourceUnderTest.StartAsync(azurite, sink, options, new FakeTimeProvider());
        await source.UploadAsync("a");
        await source.UploadAsync("b");
        var before = sink.TakeAll();

        await source.StopAsync(Cancellation);

        Assert.Empty(before);
        Assert.Equal(["a", "b"], sink.TakeAll().Select(blob => blob.Name).Order());
    }

    [Fact]
    public async Task Stop_PastItsTime_SaysThatEventsAreLost()
    {
        using var log = new RecordingLoggerFactory(LogLevel.Warning);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var delivering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource();
        var sink = new RecordingSink(_ =>
        {
            delivering.TrySetResult();
            return never.Task;
        });
        await using var source = await SourceUnderTest.StartAsync(azurite, sink, loggers: log);
        await source.UploadAsync("photo");
        await delivering.Task;

        var stopping = source.StopAsync(time.Token);
        await time.CancelAsync();
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        never.SetResult();
        Assert.Contains("lost", await log.NextAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Knobs_SameSeedAndUploads_TellTheSame()
    {
        var options = new BlobEventOptions { Drop = 0.3, Double = 0.3, Shuffle = 4, Seed = Faults.ASeed.Draw() };

        var first = await TellAsync(options);

        Assert.NotEqual(Enumerable.Range(0, 40).Select(number => $"{number}"), first);
        Assert.Equal(first, await TellAsync(options));
    }

    private async Task<IReadOnlyList<string>> TellAsync(BlobEventOptions options)
    {
        // A clock that stands still: windows close when they are full, however slow the machine is.
        var sink = new RecordingSink();
        await using var source = await SourceUnderTest.StartAsync(azurite, sink, options, new FakeTimeProvider());
        for (var number = 0; number < 40; number++)
        {
            await source.UploadAsync($"{number}");
        }

        await source.StopAsync(Cancellation);
        return [.. sink.TakeAll().Select(blob => blob.Name)];
    }
}
