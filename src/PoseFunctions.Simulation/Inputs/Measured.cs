namespace PoseFunctions.Simulation.Inputs;

/// <summary>A measured number and the command that measures it again.</summary>
internal sealed record Measured
{
    public required double Value { get; init; }

    public required string Command { get; init; }

    /// <summary>What has to be known of the measurement; null for nothing.</summary>
    public string? Note { get; init; }
}
