using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Recovery;

/// <summary>
/// Finds workers that stopped renewing their lease, and wakes another for every job they had claimed. Several may run at once:
/// all they do is send messages that do no harm twice.
/// </summary>
public sealed partial class Watchdog(
    IWorkerLeaseStore leases, IJobStore jobs, IJobQueue queue, TimeProvider clock, ILogger<Watchdog> logger)
{
    /// <summary>One round.</summary>
    /// <returns>Number of jobs for which a worker was woken.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var dead = (await leases.ListAsync(cancellationToken)).Where(lease => lease.ExpiresAt <= now).Select(lease => lease.Id).ToHashSet();
        if (dead.Count == 0)
        {
            return 0;
        }

        var woken = 0;
        await foreach (var job in jobs.ListAllAsync(cancellationToken))
        {
            if (job is { State: JobState.Running, Owner: { } owner } && dead.Contains(owner))
            {
                await queue.SendAsync(new(JobMessage.CurrentSchemaVersion, job.Id, TraceParent: null), cancellationToken);
                woken++;
            }
        }

        // Last, so that a watchdog that dies half way leaves the lease for the next round.
        foreach (var id in dead)
        {
            Log.Died(logger, id, woken);
            await leases.RemoveAsync(id, cancellationToken);
        }

        return woken;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Worker lease {LeaseId} has run out; {Jobs} jobs are taken up again.")]
        public static partial void Died(ILogger logger, string leaseId, int jobs);
    }
}
