namespace PoseFunctions.Core.Transfers;

/// <summary>What a job shall do with its photo. Validated by <see cref="TransferRequestRules"/>.</summary>
public sealed record TransferRequest
{
    /// <summary>Name of the generator; null for the service's default.</summary>
    public string? Generator { get; init; }

    /// <summary>1 to 64 target poses.</summary>
    public IReadOnlyList<TargetPose> Targets { get; init => field = value ?? []; } = [];

    // Generated JSON code sets every property, absent ones to null: a default must be restored where it is set.
    public OutputOptions Output { get; init => field = value ?? new(); } = new();

    /// <summary>A job that was not started by then expires and costs no generator time.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
