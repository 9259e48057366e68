namespace PoseFunctions.LocalHost.Events.Faults;

/// <summary>Reads events one at a time with a limit to the wait; an event that comes after the limit is not lost.</summary>
internal sealed class EventReader(IAsyncEnumerable<BlobCreated> events, TimeProvider clock, CancellationToken cancellationToken)
    : IAsyncDisposable
{
    private readonly IAsyncEnumerator<BlobCreated> source = events.GetAsyncEnumerator(cancellationToken);
    private Task<bool>? next;

    /// <summary>Whether all events have been read.</summary>
    public bool Ended { get; private set; }

    /// <param name="limit">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <returns>The next event; null when none came within the limit or there are no more.</returns>
    public async Task<BlobCreated?> ReadAsync(TimeSpan limit)
    {
        next ??= Ended ? Task.FromResult(false) : source.MoveNextAsync().AsTask();
        if (limit == Timeout.InfiniteTimeSpan || limit > TimeSpan.Zero)
        {
            await ((Task)next.WaitAsync(limit, clock, cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (!next.IsCompleted)
        {
            return null;
        }

        var arrived = await next;
        next = null;
        Ended = !arrived;
        return arrived ? source.Current : null;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
