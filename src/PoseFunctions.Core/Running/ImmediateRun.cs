using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Leases;

namespace PoseFunctions.Core.Running;

/// <summary>
/// Spares the job of a photo that was just parsed the way through the queue, where this process has nothing else to do: whoever looks
/// into the queue may sleep for a second. It is claimed with the write that would have queued it; if this process dies, the watchdog
/// finds it by its claim as it finds any other.
/// </summary>
public sealed class ImmediateRun(
    WorkerLeaseKeeper keeper, JobModels models, RunJobHandler runner, IOptions<TransferOptions> options, TimeProvider clock)
{
    /// <summary>The claim with which a job may be run here and now; null where it has to wait in the queue.</summary>
    internal async Task<Func<JobRecord, JobRecord>?> FindClaimAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.RunAtOnce || !keeper.IsIdle)
        {
            return null;
        }

        var owner = await keeper.CurrentIdAsync(cancellationToken);
        return queued => Claim(queued, owner);
    }

    /// <summary>Runs a job that was written with such a claim.</summary>
    internal Task RunAsync(StoredJob claimed, CancellationToken cancellationToken) => runner.RunAtOnceAsync(claimed, cancellationToken);

    private JobRecord Claim(JobRecord queued, string owner)
    {
        try
        {
            return queued.TakeBy(owner, models.Choose(queued), ownerIsGone: false, clock.GetUtcNow());
        }
        catch (RejectedException)
        {
            // Whoever takes it out of the queue refuses it, and says why.
            return queued;
        }
    }
}
