namespace PoseFunctions.Simulation.Inputs;

/// <summary>What the platform promises of one account and one queue; from its documentation, not measured.</summary>
internal sealed record StorageTargets
{
    /// <summary>Requests a second to one general-purpose v2 account.</summary>
    public required double AccountRequestsPerSecond { get; init; }

    /// <summary>Messages a second through one queue.</summary>
    public required double QueueMessagesPerSecond { get; init; }

    public required string Source { get; init; }
}
