using System.Runtime.CompilerServices;

namespace PoseFunctions.LocalHost.Events.Faults;

/// <summary>Loses a share of the events, 0 to 1.</summary>
internal sealed class DropFault(double share, Random random) : IEventFault
{
    public async IAsyncEnumerable<BlobCreated> ApplyAsync(
        IAsyncEnumerable<BlobCreated> events, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var blob in events.WithCancellation(cancellationToken))
        {
            if (random.NextDouble() >= share)
            {
                yield return blob;
            }
        }
    }
}
