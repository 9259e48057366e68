using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Api.Views;

/// <summary>A job as callers see it.</summary>
public sealed record JobView
{
    public required JobId Id { get; init; }

    public required JobState State { get; init; }

    /// <summary>What is happening, in words.</summary>
    public required string Stage { get; init; }

    /// <summary>Share of the work that is done, 0 to 100.</summary>
    public required int Percent { get; init; }

    /// <summary>How often a worker has taken the job up.</summary>
    public required int Attempt { get; init; }

    public required SourceView Source { get; init; }

    /// <summary>Further photos of the person, in the order of the request; none where it names none.</summary>
    public required IReadOnlyList<SourceView> Sources { get; init; }

    /// <summary>The photo whose scene the person is put into; null for jobs with target poses.</summary>
    public SceneView? Scene { get; init; }

    /// <summary>What to look at before the results are used: codes of <see cref="WarningCodes"/>.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<TargetView> Targets { get; init; }

    /// <summary>How results are written, as asked for.</summary>
    public required OutputOptions Output { get; init; }

    /// <summary>The model; null until a worker took the job up.</summary>
    public JobGenerator? Generator { get; init; }

    /// <summary>Why the job failed or expired; null otherwise.</summary>
    public JobFailure? Failure { get; init; }

    /// <summary>Where the job stands in the queue; null unless it waits.</summary>
    public QueueView? Queue { get; init; }

    public required JobTimings Timings { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? QueuedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Deadline by which a worker must have started; null for none.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public required JobLinksView Links { get; init; }
}
