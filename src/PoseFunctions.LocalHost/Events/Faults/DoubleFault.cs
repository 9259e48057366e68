using System.Runtime.CompilerServices;

namespace PoseFunctions.LocalHost.Events.Faults;

/// <summary>Delivers a share of the events, 0 to 1, in so many copies.</summary>
internal sealed class DoubleFault(double share, int copies, Random random) : IEventFault
{
    public async IAsyncEnumerable<BlobCreated> ApplyAsync(
        IAsyncEnumerable<BlobCreated> events, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var blob in events.WithCancellation(cancellationToken))
        {
            for (var left = random.NextDouble() < share ? copies : 1; left > 0; left--)
            {
                yield return blob;
            }
        }
    }
}
