using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Recovery;

/// <summary>
/// Finds workers that stopped renewing their lease, or whose process on this machine has ended, and wakes another for every job they
/// had claimed. Several may run at once: all they do is send messages that do no harm twice.
/// </summary>
public sealed partial class Watchdog(
    IWorkerLeaseStore leases, IJobStore jobs, IJobQueue queue, TimeProvider clock, ILogger<Watchdog> logger)
{
    /// <summary>One round.</summary>
    /// <returns>Number of jobs for which a worker was woken.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var dead = await FindDeadAsync(cancellationToken);
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

    private async Task<HashSet<string>> FindDeadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var dead = new HashSet<string>();
        foreach (var lease in await leases.ListAsync(cancellationToken))
        {
            if (lease.ExpiresAt > now)
            {
                if (!ProcessIdentity.HasEnded(lease.Process))
                {
                    continue;
                }

                // Who is woken decides by the lease, perhaps before it is removed, and perhaps on a machine that knows no better.
                await leases.RenewAsync(lease with { ExpiresAt = DateTimeOffset.UnixEpoch }, cancellationToken);
            }

            dead.Add(lease.Id);
        }

        return dead;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The worker of lease {LeaseId} is gone; {Jobs} jobs are taken up again.")]
        public static partial void Died(ILogger logger, string leaseId, int jobs);
    }
}
