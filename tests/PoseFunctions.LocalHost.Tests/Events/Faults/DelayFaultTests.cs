using System.Threading.Channels;
using PoseFunctions.LocalHost.Events;
using PoseFunctions.LocalHost.Events.Faults;
using PoseFunctions.Testing.Time;

namespace PoseFunctions.LocalHost.Tests.Events.Faults;

public sealed class DelayFaultTests
{
    private const int Count = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider clock = new();
    private readonly Channel<BlobCreated> events = Channel.CreateUnbounded<BlobCreated>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_ComeWithinTheLongestDelay_SpreadAndOutOfOrder()
    {
        var start = clock.GetUtcNow();
        foreach (var blob in AnEvent.Series(Count))
        {
            await events.Writer.WriteAsync(blob, Cancellation);
        }

        var arrivals = await CollectAsync(Count);

        var delays = arrivals.Select(arrival => arrival.At - start).ToList();
        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.Zero, Longest + Step));
        Assert.InRange(delays.Count(delay => delay < Longest / 2), 50, 150);
        Assert.NotEqual(AnEvent.Series(Count), arrivals.Select(arrival => arrival.Blob));
    }

    [Fact]
    public async Task EndOfEvents_PassesOnWhatIsHeldAtOnce()
    {
        foreach (var blob in AnEvent.Series(Count))
        {
            await events.Writer.WriteAsync(blob, Cancellation);
        }

        events.Writer.Complete();

        Assert.Equal(Count, await Delayed().CountAsync(Cancellation));
    }

    private IAsyncEnumerable<BlobCreated> Delayed() =>
        new DelayFault(Longest, new Random(ASeed.Draw()), clock).ApplyAsync(events.Reader.ReadAllAsync(Cancellation), Cancellation);

    // The clock moves only while the fault waits for it, so an arrival's time is exact to a step.
    private async Task<List<(BlobCreated Blob, DateTimeOffset At)>> CollectAsync(int count)
    {
        var arrivals = ReadAsync(count);
        while (await Task.WhenAny(arrivals, clock.WaitForTimersAsync(1, Cancellation)) != arrivals)
        {
            clock.Advance(Step);
        }

        return await arrivals;
    }

    private async Task<List<(BlobCreated Blob, DateTimeOffset At)>> ReadAsync(int count)
    {
        var arrivals = new List<(BlobCreated Blob, DateTimeOffset At)>();
        await foreach (var blob in Delayed().Take(count))
        {
            arrivals.Add((blob, clock.GetUtcNow()));
        }

        return arrivals;
    }
}
