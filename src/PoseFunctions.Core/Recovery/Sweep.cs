using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Core.Recovery;

/// <summary>
/// Compares what is in storage with the records and repairs what was missed: uploads without an event, queued jobs without a
/// message, claims without an owner, deadlines that passed unnoticed. Nothing depends on an event having arrived.
/// </summary>
public sealed partial class Sweep(
    IPhotoStore photos,
    IJobStore jobs,
    IWorkerLeaseStore leases,
    IJobQueue queue,
    UploadHandler uploads,
    IOptions<TransferOptions> options,
    TimeProvider clock,
    ILogger<Sweep> logger)
{
    /// <summary>One round.</summary>
    /// <returns>Number of repairs.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - options.Value.MissedAfter;
        var live = (await leases.ListAsync(cancellationToken)).Select(lease => lease.Id).ToHashSet();

        // While visible messages wait, a queued job is simply waiting its turn.
        var queueIsDrained = (await queue.MeasureAsync(cancellationToken)).OldestInsertedAt is null;
        var known = new Dictionary<JobId, JobSummary>();
        var repairs = 0;
        await foreach (var job in jobs.ListAllAsync(cancellationToken))
        {
            known[job.Id] = job;
            repairs += await RepairJobAsync(job, live, queueIsDrained, before, cancellationToken) ? 1 : 0;
        }

        await foreach (var upload in photos.ListUploadsAsync(cancellationToken))
        {
            var id = UploadHandler.JobIdOf(upload.TenantName, upload.BlobName, upload.ETag, upload.Metadata);
            var missed = known.TryGetValue(id, out var job)
                ? job.State is JobState.Accepted or JobState.Parsing && job.UpdatedAt <= before
                : upload.CreatedAt <= before;
            if (missed)
            {
                Log.UploadMissed(logger, upload.TenantName, upload.BlobName);
                await uploads.HandleAsync(upload.TenantName, upload.BlobName, cancellationToken);
                repairs++;
            }
        }

        return repairs;
    }

    private async Task<bool> RepairJobAsync(
        JobSummary job, HashSet<string> live, bool queueIsDrained, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (job.State is JobState.Accepted or JobState.Parsing or JobState.Queued && job.ExpiresAt <= now)
        {
            await jobs.ChangeAsync(job.Id, known: null, record => record.IsOverdue(now) ? record.Expire(now) : null, cancellationToken);
            return true;
        }

        var orphaned = job is { State: JobState.Running, Owner: { } owner } && !live.Contains(owner) && job.UpdatedAt <= now - options.Value.LeaseDuration;
        var forgotten = job.State == JobState.Queued && queueIsDrained && job.UpdatedAt <= before;
        if (orphaned || forgotten)
        {
            Log.JobMissed(logger, job.Id, job.State);
            await queue.SendAsync(new(JobMessage.CurrentSchemaVersion, job.Id, TraceParent: null), cancellationToken);
            return true;
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The upload {Tenant}/{Name} was missed and is handled now.")]
        public static partial void UploadMissed(ILogger logger, string tenant, string name);

        [LoggerMessage(2, LogLevel.Warning, "Job {JobId} was left {State}; a worker is woken.")]
        public static partial void JobMissed(ILogger logger, JobId jobId, JobState state);
    }
}
