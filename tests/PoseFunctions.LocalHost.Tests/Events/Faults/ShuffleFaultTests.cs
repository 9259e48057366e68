using System.Threading.Channels;
using PoseFunctions.LocalHost.Events;
using PoseFunctions.LocalHost.Events.Faults;
using PoseFunctions.Testing.Time;

namespace PoseFunctions.LocalHost.Tests.Events.Faults;

public sealed class ShuffleFaultTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WindowThatDoesNotFill_IsPassedOnAfterTheWait()
    {
        var clock = new FakeTimeProvider();
        var events = Channel.CreateUnbounded<BlobCreated>();
        var fault = new ShuffleFault(window: 8, Wait, new Random(ASeed.Draw()), clock);
        await using var passed = fault.ApplyAsync(events.Reader.ReadAllAsync(Cancellation), Cancellation).GetAsyncEnumerator(Cancellation);
        await events.Writer.WriteAsync(AnEvent.Named("a"), Cancellation);
        await events.Writer.WriteAsync(AnEvent.Named("b"), Cancellation);

        var first = passed.MoveNextAsync().AsTask();
        await clock.WaitForTimersAsync(1, Cancellation);
        clock.Advance(Wait - TimeSpan.FromTicks(1));
        var early = first.IsCompleted;
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var names = new HashSet<string>();
        Assert.True(await first);
        names.Add(passed.Current.Name);
        Assert.True(await passed.MoveNextAsync());
        names.Add(passed.Current.Name);

        Assert.False(early);
        Assert.Equal(["a", "b"], names.Order());
    }

    [Fact]
    public async Task WindowThatFills_IsPassedOnAtOnce()
    {
        var events = Channel.CreateUnbounded<BlobCreated>();
        var fault = new ShuffleFault(window: 2, Wait, new Random(ASeed.Draw()), new FakeTimeProvider());
        await using var passed = fault.ApplyAsync(events.Reader.ReadAllAsync(Cancellation), Cancellation).GetAsyncEnumerator(Cancellation);

        await events.Writer.WriteAsync(AnEvent.Named("a"), Cancellation);
        var first = passed.MoveNextAsync().AsTask();
        await events.Writer.WriteAsync(AnEvent.Named("b"), Cancellation);

        Assert.True(await first);
    }
}
