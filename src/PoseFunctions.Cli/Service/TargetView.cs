using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Cli.Service;

/// <summary>One target pose of a job.</summary>
internal sealed record TargetView
{
    public int Index { get; init; }

    public string Name { get; init; } = "";

    public TargetState State { get; init; }

    /// <summary>Where the result is; null unless succeeded.</summary>
    public string? Url { get; init; }

    public JobResult? Result { get; init; }

    public JobFailure? Failure { get; init; }
}
