using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Cli.Service;

/// <summary>A job as the service shows it; only what this program uses.</summary>
internal sealed record JobView
{
    public required string Id { get; init; }

    public JobState State { get; init; }

    /// <summary>The photo; null where the service does not tell.</summary>
    public SourceView? Source { get; init; }

    /// <summary>Share of the work that is done, 0 to 100.</summary>
    public int Percent { get; init; }

    /// <summary>Null unless the job waits.</summary>
    public QueueView? Queue { get; init; }

    public IReadOnlyList<TargetView> Targets { get; init => field = value ?? []; } = [];

    /// <summary>Codes of what to look at.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value ?? []; } = [];

    public JobFailure? Failure { get; init; }

    public JobTimings Timings { get; init => field = value ?? new(); } = new();

    public bool IsFinal => State is JobState.Succeeded or JobState.Failed or JobState.Cancelled or JobState.Expired;
}
