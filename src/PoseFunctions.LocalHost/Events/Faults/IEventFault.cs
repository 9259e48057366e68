namespace PoseFunctions.LocalHost.Events.Faults;

/// <summary>One thing that may befall events on their way: loss, repetition, another order, delay.</summary>
internal interface IEventFault
{
    /// <summary>Passes events on with the fault in them; what is held back comes at once when they end.</summary>
    IAsyncEnumerable<BlobCreated> ApplyAsync(IAsyncEnumerable<BlobCreated> events, CancellationToken cancellationToken = default);
}
