namespace PoseFunctions.Cli.Commands;

/// <summary>How photos are submitted.</summary>
internal sealed record RunSettings
{
    /// <summary>Jobs that are submitted and watched at a time.</summary>
    public required int Parallel { get; init; }

    /// <summary>Whether to stay until every job is final.</summary>
    public bool Wait { get; init; }

    /// <summary>Where results go; null to leave them with the service.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>Whether submitting the same again shall find the same jobs.</summary>
    public bool DeriveIdempotencyKeys { get; init; }
}
