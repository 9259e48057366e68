namespace PoseFunctions.LocalHost.Events.Faults;

/// <summary>Reads events one at a time with a limit to the wait; an event that comes after the limit is not lost.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource abandon;
    private readonly IAsyncEnumerator<BlobCreated> source;
    private Task<bool>? next;

    public EventReader(IAsyncEnumerable<BlobCreated> events, TimeProvider clock, CancellationToken cancellationToken)
    {
        this.clock = clock;
        abandon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source = events.GetAsyncEnumerator(abandon.Token);
    }

    /// <summary>Whether all events have been read.</summary>
    public bool Ended { get; private set; }

    /// <param name="limit">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <returns>The next event; null when none came within the limit or there are no more.</returns>
    public async Task<BlobCreated?> ReadAsync(TimeSpan limit)
    {
        next ??= Ended ? Task.FromResult(false) : source.MoveNextAsync().AsTask();
        if (limit == Timeout.InfiniteTimeSpan || limit > TimeSpan.Zero)
        {
            // Timers count whole milliseconds: rounded down, the last fraction of one would be waited for in a loop.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling(limit.TotalMilliseconds));
            await ((Task)next.WaitAsync(wait, clock, abandon.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        abandon.Token.ThrowIfCancellationRequested();
        if (!next.IsCompleted)
        {
            return null;
        }

        var arrived = await next;
        next = null;
        Ended = !arrived;
        return arrived ? source.Current : null;
    }

    public async ValueTask DisposeAsync()
    {
        // A source cannot be disposed of while it is asked for the next event.
        await abandon.CancelAsync();
        await ((Task?)next ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await source.DisposeAsync();
        abandon.Dispose();
    }
}
