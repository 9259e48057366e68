using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Jobs;

/// <summary>Cancels jobs.</summary>
public sealed class CancelJobHandler(IJobStore jobs, TimeProvider clock)
{
    /// <summary>Cancels a job; one that is cancelled already stays so.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.JobUnknown"/>.</exception>
    /// <exception cref="JobTransitionException">The job has ended otherwise.</exception>
    public async Task<StoredJob> CancelAsync(JobId id, CancellationToken cancellationToken) =>
        await jobs.ChangeAsync(
            id,
            known: null,
            record => record.State == JobState.Cancelled ? record : record.Cancel(clock.GetUtcNow()),
            cancellationToken)
        ?? throw JobFinder.Unknown();
}
