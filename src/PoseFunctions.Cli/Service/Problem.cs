namespace PoseFunctions.Cli.Service;

/// <summary>Problem details (RFC 9457) as the service sends them.</summary>
internal sealed record Problem
{
    public string? Title { get; init; }

    public string? Detail { get; init; }

    /// <summary>Stable code, one of <see cref="Core.Failures.FailureCodes"/>.</summary>
    public string? Code { get; init; }
}
