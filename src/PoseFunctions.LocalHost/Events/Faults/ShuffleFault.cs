using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PoseFunctions.LocalHost.Events.Faults;

/// <summary>
/// Collects a window of events and passes it on in random order: once it is full, or has waited so long since its first event.
/// A window of 0 or 1 leaves the order alone.
/// </summary>
internal sealed class ShuffleFault(int window, TimeSpan wait, Random random, TimeProvider clock) : IEventFault
{
    public async IAsyncEnumerable<BlobCreated> ApplyAsync(
        IAsyncEnumerable<BlobCreated> events, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var reader = new EventReader(events, clock, cancellationToken);
        var collected = new List<BlobCreated>(window);
        while (await reader.ReadAsync(Timeout.InfiniteTimeSpan) is { } first)
        {
            collected.Add(first);
            var closes = clock.GetUtcNow() + wait;
            while (collected.Count < window && await reader.ReadAsync(closes - clock.GetUtcNow()) is { } next)
            {
                collected.Add(next);
            }

            random.Shuffle(CollectionsMarshal.AsSpan(collected));
            foreach (var blob in collected)
            {
                yield return blob;
            }

            collected.Clear();
        }
    }
}
