namespace PoseFunctions.LocalHost.Events;

/// <summary>Takes the events: the host's webhook, or the record of a test.</summary>
internal interface IBlobEventSink
{
    /// <summary>
    /// Takes one event. Completing means it was taken for good; an exception has it delivered again after a while. Called
    /// for several events at a time, and more than once with one event where that is asked for or a try failed.
    /// </summary>
    Task DeliverAsync(BlobCreated blob, CancellationToken cancellationToken);
}
