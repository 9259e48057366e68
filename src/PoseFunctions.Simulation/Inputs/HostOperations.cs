namespace PoseFunctions.Simulation.Inputs;

/// <summary>
/// What the Functions host asks of storage for every job, apart from our own operations. Read from the source of its extensions,
/// not measured: it does not run here.
/// </summary>
internal sealed record HostOperations
{
    /// <summary>Looks at the photo's properties before the blob function is called; in the photos' account.</summary>
    public required int PhotoReads { get; init; }

    /// <summary>The message between blob event and function: written and deleted; in the host's own account.</summary>
    public required int EventMessages { get; init; }

    /// <summary>Deletions of the job's message; in the photos' account.</summary>
    public required int JobMessages { get; init; }

    /// <summary>Messages that one request brings, where many wait: <c>batchSize</c> in host.json.</summary>
    public required int MessagesPerRequest { get; init; }
}
