using System.Threading.Channels;

namespace PoseFunctions.LocalTriggers.Hosting;

/// <summary>Counts what runs at the moment; one listener waits for the count to fall.</summary>
internal sealed class RunningFunctions
{
    // Holds at most one "something ended": the waiter looks at the count itself.
    private readonly Channel<bool> ended = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private int count;

    public void Begin() => Interlocked.Increment(ref count);

    public void End()
    {
        Interlocked.Decrement(ref count);
        ended.Writer.TryWrite(true);
    }

    /// <summary>Waits until no more than so many run.</summary>
    public async Task WaitForAtMostAsync(int most, CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref count) > most)
        {
            await ended.Reader.ReadAsync(cancellationToken);
        }
    }
}
