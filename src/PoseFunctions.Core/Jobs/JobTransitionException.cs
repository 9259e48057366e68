using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Jobs;

/// <summary>The job's state does not allow what was asked of it.</summary>
public sealed class JobTransitionException(JobId id, JobState state, string verb)
    : PoseFunctionsException($"Job {id} is {state} and cannot {verb}.")
{
    /// <summary>The state that forbids it.</summary>
    public JobState State { get; } = state;

    /// <inheritdoc/>
    public override bool IsTransient => false;
}
