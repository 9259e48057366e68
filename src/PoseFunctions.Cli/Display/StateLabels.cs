using System.Globalization;
using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Cli.Display;

/// <summary>How a job's state is worded for people and for programs.</summary>
internal static class StateLabels
{
    /// <summary>The state as the service writes it.</summary>
    public static string Name(JobState state) => state.ToString().ToLowerInvariant();

    /// <summary>One short phrase for a progress bar.</summary>
    public static string Phrase(JobView job) => job switch
    {
        { State: JobState.Queued, Queue.Position: var position } => string.Create(CultureInfo.InvariantCulture, $"queued, place {position}"),
        { State: JobState.Running } => "generating",
        { Failure: { } failure } => $"{Name(job.State)}: {failure.Code}",
        _ => Name(job.State),
    };
}
