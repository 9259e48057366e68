using System.Runtime.CompilerServices;

namespace PoseFunctions.LocalHost.Events.Faults;

/// <summary>Holds each event back for a time between zero and the longest, uniformly; events overtake each other by it.</summary>
internal sealed class DelayFault(TimeSpan longest, Random random, TimeProvider clock) : IEventFault
{
    public async IAsyncEnumerable<BlobCreated> ApplyAsync(
        IAsyncEnumerable<BlobCreated> events, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var reader = new EventReader(events, clock, cancellationToken);
        var held = new PriorityQueue<BlobCreated, (DateTimeOffset Due, long Order)>();
        for (var order = 0L; !reader.Ended || held.Count > 0;)
        {
            var wait = held.TryPeek(out _, out var first) ? first.Due - clock.GetUtcNow() : Timeout.InfiniteTimeSpan;
            if (held.Count > 0 && (reader.Ended || wait <= TimeSpan.Zero))
            {
                yield return held.Dequeue();
            }
            else if (await reader.ReadAsync(wait) is { } blob)
            {
                // The order of arrival decides among equals, so that without a delay none overtakes another.
                held.Enqueue(blob, (clock.GetUtcNow() + (longest * random.NextDouble()), order++));
            }
        }
    }
}
