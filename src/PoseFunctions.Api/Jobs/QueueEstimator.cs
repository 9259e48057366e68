using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Api.Configuration;
using PoseFunctions.Api.Views;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Api.Jobs;

/// <summary>Estimates how long a job still waits. One measurement serves every caller for a short while.</summary>
public sealed partial class QueueEstimator(
    IJobQueue queue, IWorkerLeaseStore leases, TimeProvider clock, IOptions<ApiOptions> options, ILogger<QueueEstimator> logger) : IDisposable
{
    private readonly SemaphoreSlim measuring = new(1, 1);
    private QueueMeasurement? latest;

    /// <summary>
    /// Position and waiting time; null unless the job waits, and when they cannot be measured: nobody shall be refused a job
    /// that is there, or submit it again, for want of an estimate.
    /// </summary>
    public async Task<QueueView?> EstimateAsync(JobRecord record, CancellationToken cancellationToken)
    {
        if (record.State is not (JobState.Accepted or JobState.Parsing or JobState.Queued))
        {
            return null;
        }

        try
        {
            var measurement = await MeasureAsync(cancellationToken);
            var position = PositionOf(record, measurement);
            return new(position, measurement.JobsPerSecond > 0 ? Math.Round((position - 1) / measurement.JobsPerSecond, 1) : null);
        }
        catch (InfrastructureException exception)
        {
            Log.NotMeasured(logger, exception, record.Id);
            return null;
        }
    }

    /// <summary>The queue and the live workers, measured now or a moment ago.</summary>
    public async Task<QueueMeasurement> MeasureAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        await measuring.WaitAsync(cancellationToken);
        try
        {
            return Fresh() ?? (latest = await MeasureNowAsync(cancellationToken));
        }
        finally
        {
            measuring.Release();
        }
    }

    public void Dispose() => measuring.Dispose();

    private QueueMeasurement? Fresh() =>
        latest is { } known && clock.GetUtcNow() - known.At < options.Value.QueueMeasurementLifetime ? known : null;

    private async Task<QueueMeasurement> MeasureNowAsync(CancellationToken cancellationToken)
    {
        var depth = queue.MeasureAsync(cancellationToken);
        var all = leases.ListAsync(cancellationToken);
        await Task.WhenAll(depth, all);
        var now = clock.GetUtcNow();
        return new(now, await depth, [.. (await all).Where(lease => lease.ExpiresAt > now)]);
    }

    // Messages do not tell their place. Assuming they came in evenly, a job's share of the oldest one's age tells it.
    private static int PositionOf(JobRecord record, QueueMeasurement measurement)
    {
        var (at, depth, _) = measurement;
        if (record.QueuedAt is not { } queuedAt)
        {
            return depth.Messages + 1;
        }

        if (depth.OldestInsertedAt is not { } oldest || depth.Messages == 0 || at <= oldest)
        {
            return 1;
        }

        var share = Math.Clamp((queuedAt - oldest) / (at - oldest), 0, 1);
        return Math.Max(1, (int)Math.Ceiling(share * depth.Messages));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Job {JobId} is shown without its place in the queue, which could not be measured.")]
        public static partial void NotMeasured(ILogger logger, Exception exception, JobId jobId);
    }
}
