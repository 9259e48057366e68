using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Recovery;

/// <summary>
/// Compares what is in storage with the records and repairs what was missed: uploads without an event, queued jobs without a
/// message, claims without an owner, jobs without a photo, deadlines that passed unnoticed. Nothing depends on an event having arrived.
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
    /// <summary>How many times as long an upload may wait for its turn while others are worked on.</summary>
    private const int Patience = 4;

    /// <summary>One round.</summary>
    /// <returns>Number of repairs.</returns>
    /// <exception cref="AggregateException">Some uploads could not be handled; everything else was done.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var before = now - options.Value.MissedAfter;
        var live = (await leases.ListAsync(cancellationToken)).Select(lease => lease.Id).ToHashSet();

        // While visible messages wait, a queued job is simply waiting its turn.
        var queueIsDrained = (await queue.MeasureAsync(cancellationToken)).OldestInsertedAt is null;
        var parsed = new HashSet<JobId>();
        var unparsed = new Dictionary<JobId, JobSummary>();
        var othersAreWorkedOn = false;
        var repairs = 0;
        await foreach (var job in jobs.ListAllAsync(cancellationToken))
        {
            if (job.State is JobState.Accepted or JobState.Parsing)
            {
                unparsed[job.Id] = job;
            }
            else
            {
                parsed.Add(job.Id);
            }

            othersAreWorkedOn |= job.State != JobState.Accepted && job.UpdatedAt > before;
            repairs += await RepairJobAsync(job, live, queueIsDrained, before, cancellationToken) ? 1 : 0;
        }

        // In the same way, an upload that nobody has begun with is most likely waiting its turn.
        var untouchedBefore = othersAreWorkedOn ? now - (Patience * options.Value.MissedAfter) : before;
        var withoutPhoto = unparsed.Keys.ToHashSet();
        var failures = new List<Exception>();
        await foreach (var upload in photos.ListUploadsAsync(cancellationToken))
        {
            var id = UploadHandler.JobIdOf(upload.TenantName, upload.BlobName, upload.ETag, upload.Metadata);
            withoutPhoto.Remove(id);
            var touched = unparsed.GetValueOrDefault(id);
            if (!parsed.Contains(id)
                && (touched?.UpdatedAt ?? upload.CreatedAt) <= (touched?.State == JobState.Parsing ? before : untouchedBefore))
            {
                Log.UploadMissed(logger, upload.TenantName, upload.BlobName);
                repairs += await HandleAsync(upload, failures, cancellationToken) ? 1 : 0;
            }
        }

        foreach (var id in withoutPhoto.Where(id => unparsed[id].UpdatedAt <= before))
        {
            Log.PhotoGone(logger, id);
            await RefuseAsync(id, before, cancellationToken);
            repairs++;
        }

        return failures.Count == 0 ? repairs : throw new AggregateException(failures);
    }

    /// <summary>One upload that cannot be handled must not keep all after it from being looked at, round after round.</summary>
    private async Task<bool> HandleAsync(UploadSummary upload, List<Exception> failures, CancellationToken cancellationToken)
    {
        try
        {
            await uploads.HandleAsync(upload.TenantName, upload.BlobName, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failures.Add(exception);
            return false;
        }
    }

    private async Task<bool> RepairJobAsync(
        JobSummary job, HashSet<string> live, bool queueIsDrained, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (job.State is JobState.Accepted or JobState.Parsing or JobState.Queued && job.ExpiresAt <= now)
        {
            var expired = await jobs.ChangeAsync(
                job.Id, known: null, record => record.IsOverdue(now) ? record.Expire(now) : null, cancellationToken);
            if (expired?.Record.State == JobState.Expired)
            {
                return true;
            }
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

    private async Task RefuseAsync(JobId id, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var failure = new JobFailure(FailureCodes.PhotoMissing, "The photo was deleted before it could be parsed.", Retryable: false);
        await jobs.ChangeAsync(
            id,
            known: null,
            record => record.State is JobState.Accepted or JobState.Parsing && record.UpdatedAt <= before
                ? record.Refuse(failure, clock.GetUtcNow())
                : null,
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The upload {Tenant}/{Name} was missed and is handled now.")]
        public static partial void UploadMissed(ILogger logger, string tenant, string name);

        [LoggerMessage(2, LogLevel.Warning, "Job {JobId} was left {State}; a worker is woken.")]
        public static partial void JobMissed(ILogger logger, JobId jobId, JobState state);

        [LoggerMessage(3, LogLevel.Warning, "The photo of job {JobId} is gone; the job is failed.")]
        public static partial void PhotoGone(ILogger logger, JobId jobId);
    }
}
