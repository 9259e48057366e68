using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.Running;

/// <summary>
/// Looks once every heartbeat whether a job that is being worked on is still this worker's, so that nobody works on for a job
/// that was cancelled, erased or taken over. Work that ends within one heartbeat costs no look.
/// </summary>
public sealed partial class ClaimWatch(
    IJobStore jobs, IOptions<TransferOptions> options, TimeProvider clock, ILogger<ClaimWatch> logger)
{
    /// <summary>Works on a claimed job. The work's token is cancelled once the claim is no longer the current one.</summary>
    /// <returns>What the work returned; null when it stopped because the claim is lost.</returns>
    public async Task<TResult?> RunAsync<TResult>(
        StoredJob claimed, Func<CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
        where TResult : class
    {
        ArgumentNullException.ThrowIfNull(claimed);
        ArgumentNullException.ThrowIfNull(work);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var finished = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(claimed, lost, finished.Token);
        try
        {
            return await work(lost.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await finished.CancelAsync();
            await watching;
        }
    }

    private async Task WatchAsync(StoredJob claimed, CancellationTokenSource lost, CancellationToken finished)
    {
        using var heartbeat = new PeriodicTimer(options.Value.HeartbeatInterval, clock);
        try
        {
            while (await heartbeat.WaitForNextTickAsync(finished))
            {
                if (!await IsCurrentAsync(claimed, finished))
                {
                    Log.Lost(logger, claimed.Record.Id);
                    await lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (finished.IsCancellationRequested)
        {
            // The work was faster.
        }
    }

    private async Task<bool> IsCurrentAsync(StoredJob claimed, CancellationToken cancellationToken)
    {
        try
        {
            var changed = await jobs.FindChangedAsync(claimed.Record.Id, claimed.Version, cancellationToken);
            return changed is null || changed.Record.IsClaimedWith(claimed.Record.Fence);
        }
        catch (JobConflictException)
        {
            return false; // erased
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Not knowing is no reason to stop: what this worker writes in the end is refused anyway if the claim is lost.
            Log.LookFailed(logger, exception, claimed.Record.Id);
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Job {JobId} is no longer this worker's; work on it stops.")]
        public static partial void Lost(ILogger logger, JobId jobId);

        [LoggerMessage(2, LogLevel.Warning, "Whether job {JobId} still is this worker's could not be read.")]
        public static partial void LookFailed(ILogger logger, Exception exception, JobId jobId);
    }
}
