using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Cli.Service;

/// <summary>One target pose of a job.</summary>
internal sealed record TargetView
{
    public int Index { get; init; }

    public string Name { get; init => field = value ?? ""; } = "";

    public TargetState State { get; init; }

    /// <summary>The image; null unless succeeded.</summary>
    public ResultView? Result { get; init; }

    public JobFailure? Failure { get; init; }
}
