using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Api.Jobs;

/// <summary>Lets a failed job run once more.</summary>
public sealed class RetryJobHandler(IJobStore jobs, IJobQueue queue, TimeProvider clock)
{
    /// <summary>
    /// Puts a parsed job back into the queue, and any other back to accepted, where the sweep finds its photo. Should this die
    /// before the message is sent, the sweep sends it.
    /// </summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.JobUnknown"/>.</exception>
    /// <exception cref="JobTransitionException">The job has not failed.</exception>
    public async Task<StoredJob> RetryAsync(JobId id, CancellationToken cancellationToken)
    {
        var job = await jobs.ChangeAsync(id, known: null, record => record.Retry(clock.GetUtcNow()), cancellationToken)
            ?? throw JobFinder.Unknown();
        if (job.Record.State == JobState.Queued)
        {
            await queue.SendAsync(JobMessage.For(job.Record), cancellationToken);
        }

        return job;
    }
}
