using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Core.Jobs;

/// <summary>
/// Keeps this process's lease alive while it runs, and starts a new one when it was taken away: after that, everything claimed
/// with the old one belongs to someone else.
/// </summary>
public sealed partial class WorkerLeaseKeeper(
    IWorkerLeaseStore leases,
    WorkerDescription description,
    IOptions<TransferOptions> options,
    TimeProvider clock,
    ILogger<WorkerLeaseKeeper> logger)
    : BackgroundService
{
    private readonly Lock gate = new();
    private WorkerLease lease = NewLease();
    private bool created;
    private long finishedJobs;
    private double jobsPerSecond;

    /// <summary>How long claims made now hold at least.</summary>
    public TimeSpan Duration => options.Value.LeaseDuration;

    /// <summary>Counts a finished job, for the lease's rate.</summary>
    public void JobFinished() => Interlocked.Increment(ref finishedJobs);

    /// <summary>The id under which to claim. Writes or replaces the lease first where that is needed.</summary>
    public async Task<string> CurrentIdAsync(CancellationToken cancellationToken)
    {
        WorkerLease current;
        lock (gate)
        {
            // A process that was stopped for long must not go on under a lease that others take for dead.
            if (created && lease.ExpiresAt > clock.GetUtcNow())
            {
                return lease.Id;
            }

            lease = NewLease() with { ExpiresAt = clock.GetUtcNow() + Duration, Provider = description.Provider };
            created = true;
            current = lease;
        }

        await leases.CreateAsync(current, cancellationToken);
        Log.Started(logger, current.Id);
        return current.Id;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (created)
        {
            await leases.RemoveAsync(lease.Id, cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.HeartbeatInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await BeatAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process is stopping.
        }
    }

    private static WorkerLease NewLease() => new($"{Environment.MachineName.ToLowerInvariant()}-{Guid.NewGuid():N}", default, 0);

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        WorkerLease renewed;
        lock (gate)
        {
            var latest = Interlocked.Exchange(ref finishedJobs, 0) / options.Value.HeartbeatInterval.TotalSeconds;
            jobsPerSecond = (0.9 * jobsPerSecond) + (0.1 * latest);
            if (!created || lease.ExpiresAt <= clock.GetUtcNow())
            {
                created = false;
                renewed = lease;
            }
            else
            {
                renewed = lease with { ExpiresAt = clock.GetUtcNow() + Duration, JobsPerSecond = Math.Round(jobsPerSecond, 3) };
            }
        }

        try
        {
            if (!created)
            {
                await CurrentIdAsync(cancellationToken);
            }
            else if (await leases.RenewAsync(renewed, cancellationToken))
            {
                lock (gate)
                {
                    lease = lease.Id == renewed.Id ? renewed : lease;
                }
            }
            else
            {
                Log.Lost(logger, renewed.Id);
                created = false;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The lease runs out if this goes on, and then no job is claimed until storage answers again.
            Log.BeatFailed(logger, exception, renewed.Id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "This worker claims jobs under lease {LeaseId}.")]
        public static partial void Started(ILogger logger, string leaseId);

        [LoggerMessage(2, LogLevel.Warning, "Lease {LeaseId} was taken away; jobs claimed with it are someone else's now.")]
        public static partial void Lost(ILogger logger, string leaseId);

        [LoggerMessage(3, LogLevel.Warning, "Lease {LeaseId} could not be renewed.")]
        public static partial void BeatFailed(ILogger logger, Exception exception, string leaseId);
    }
}
