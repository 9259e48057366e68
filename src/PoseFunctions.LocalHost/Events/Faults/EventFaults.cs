namespace PoseFunctions.LocalHost.Events.Faults;

/// <summary>The faults that options ask for, in the order in which they befall events.</summary>
internal static class EventFaults
{
    public static IAsyncEnumerable<BlobCreated> Apply(
        IAsyncEnumerable<BlobCreated> events, BlobEventOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Each draws from a sequence of its own: turning one knob does not change what another does.
        IEventFault[] faults =
        [
            new DropFault(options.Drop, Chance(options.Seed, 1)),
            new DoubleFault(options.Double, options.Copies, Chance(options.Seed, 2)),
            new ShuffleFault(options.Shuffle, options.ShuffleWait, Chance(options.Seed, 3), clock),
            new DelayFault(options.Delay, Chance(options.Seed, 4), clock),
        ];
        return faults.Aggregate(events, (stream, fault) => fault.ApplyAsync(stream, cancellationToken));
    }

    private static Random Chance(int seed, int fault) => new(unchecked((seed * 397) ^ fault));
}
