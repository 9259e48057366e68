using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Leases;

/// <summary>
/// Keeps this process's lease alive while it runs, and starts a new one when it was taken away: after that, everything claimed
/// with the old one belongs to someone else.
/// </summary>
public sealed partial class WorkerLeaseKeeper(
    IWorkerLeaseStore leases,
    Func<WorkerDescription> describe,
    IOptions<TransferOptions> options,
    TimeProvider clock,
    ILogger<WorkerLeaseKeeper> logger)
    : BackgroundService
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile WorkerLease? stored;
    private readonly WorkRate rate = new(clock);

    /// <summary>Whether this process works on no job.</summary>
    public bool IsIdle => rate.IsIdle;

    /// <summary>A claimed job is taken up; for the lease's rate.</summary>
    public void JobStarted() => rate.Begin();

    /// <summary>A job was finished.</summary>
    public void JobFinished() => rate.Finish();

    /// <summary>A job is no longer worked on, finished or not.</summary>
    public void JobEnded() => rate.End();

    /// <summary>The id under which to claim: of a lease that others can see. Writes or replaces it first where that is needed.</summary>
    public async Task<string> CurrentIdAsync(CancellationToken cancellationToken)
    {
        if (Living() is { } lease)
        {
            return lease.Id;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            return (Living() ?? await CreateAsync(cancellationToken)).Id;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>
    /// Lets the lease run out, because a claim under it could not be given back: kept alive, it would keep everybody else from the
    /// job. Later claims get a lease of their own.
    /// </summary>
    public async Task AbandonAsync()
    {
        await gate.WaitAsync(CancellationToken.None);
        try
        {
            Log.Abandoned(logger, stored?.Id);
            stored = null;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (stored is { } lease)
        {
            await leases.RemoveAsync(lease.Id, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        gate.Dispose();
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

    /// <summary>The lease as others see it. A process that was stopped for long must not go on under one that they take for dead.</summary>
    private WorkerLease? Living() => stored is { } lease && lease.ExpiresAt > clock.GetUtcNow() ? lease : null;

    private async Task<WorkerLease> CreateAsync(CancellationToken cancellationToken)
    {
        var description = describe();
        var lease = new WorkerLease(
            $"{Environment.MachineName.ToLowerInvariant()}-{Guid.NewGuid():N}",
            clock.GetUtcNow() + options.Value.LeaseDuration,
            JobsPerSecond: 0,
            description.Provider,
            description.RequestedProvider,
            description.Refusals,
            ProcessIdentity.OfThisProcess);
        await leases.CreateAsync(lease, cancellationToken);
        Log.Started(logger, lease.Id);
        return stored = lease;
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var jobsPerSecond = rate.Update();
        await gate.WaitAsync(cancellationToken);
        try
        {
            await (Living() is { } lease ? RenewAsync(lease, jobsPerSecond, cancellationToken) : CreateAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The lease runs out if this goes on, and then no job is claimed until storage answers again.
            Log.BeatFailed(logger, exception, stored?.Id);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task RenewAsync(WorkerLease lease, double jobsPerSecond, CancellationToken cancellationToken)
    {
        var renewed = lease with
        {
            ExpiresAt = clock.GetUtcNow() + options.Value.LeaseDuration,
            JobsPerSecond = Math.Round(jobsPerSecond, 3),
        };
        if (await leases.RenewAsync(renewed, cancellationToken))
        {
            stored = renewed;
            return;
        }

        Log.Lost(logger, lease.Id);
        stored = null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "This worker claims jobs under lease {LeaseId}.")]
        public static partial void Started(ILogger logger, string leaseId);

        [LoggerMessage(2, LogLevel.Warning, "Lease {LeaseId} was taken away; jobs claimed with it are someone else's now.")]
        public static partial void Lost(ILogger logger, string leaseId);

        [LoggerMessage(4, LogLevel.Warning, "Lease {LeaseId} is left to run out: a job claimed with it could not be given back.")]
        public static partial void Abandoned(ILogger logger, string? leaseId);

        [LoggerMessage(3, LogLevel.Warning, "Lease {LeaseId} could not be renewed.")]
        public static partial void BeatFailed(ILogger logger, Exception exception, string? leaseId);
    }
}
