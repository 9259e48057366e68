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

    /// <summary>Codes of what to look at.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value ?? []; } = [];

    public JobFailure? Failure { get; init; }
}
