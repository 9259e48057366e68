using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Intake;

/// <summary>Last step of a delivery: writes what became of it, and erases what nobody could find any more.</summary>
public sealed partial class UploadSettlement(
    IPhotoStore photos,
    IJobStore jobs,
    IJobQueue queue,
    PhotoParsing parsing,
    RecentWork recent,
    ImmediateRun immediate,
    TimeProvider clock,
    ILogger<UploadSettlement> logger)
{
    /// <summary>How long after its arrival a dropped photo is surely in the hands of its first delivery.</summary>
    private static readonly TimeSpan FirstDelivery = TimeSpan.FromSeconds(10);

    /// <summary>Queues the job and wakes a worker, or runs it where this worker may.</summary>
    internal async Task EnqueueAsync(Arrival arrival, TransferRequest request, ParsedUpload parsed, CancellationToken cancellationToken)
    {
        var claim = arrival.MayRunAtOnce ? await immediate.FindClaimAsync(cancellationToken) : null;
        var settled = await SettleAsync(
            arrival,
            record =>
            {
                var queued = record.Enqueue(
                    arrival.Source, request, parsed.Targets, parsed.Milliseconds, clock.GetUtcNow(), parsed.Scene, parsed.Sources);
                return claim is null ? queued : claim(queued);
            },
            cancellationToken);
        if (settled?.Record.State == JobState.Running)
        {
            await immediate.RunAsync(settled, cancellationToken);
        }
    }

    /// <summary>
    /// Leaves the job to the sweep, which begins again with it until all its photos are there or have been waited for long enough.
    /// </summary>
    internal Task AwaitAsync(Arrival arrival, TransferRequest request, string photo, CancellationToken cancellationToken)
    {
        Log.Waits(logger, arrival.Id, photo);
        return SettleAsync(
            arrival, record => record.AwaitPhotos(arrival.Source, arrival.Sources, request, clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>Ends a job whose deadline has passed.</summary>
    internal Task ExpireAsync(Arrival arrival, CancellationToken cancellationToken) =>
        SettleAsync(arrival, record => record.Expire(clock.GetUtcNow()), cancellationToken);

    /// <summary>Ends a job that cannot be done.</summary>
    internal Task RefuseAsync(Arrival arrival, string code, string message, CancellationToken cancellationToken)
    {
        Log.Refused(logger, arrival.Id, code, message);
        var failure = new JobFailure(code, message, Retryable: false);
        return SettleAsync(arrival, record => record.Refuse(failure, clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>
    /// Writes the outcome unless there is one, creating the record where there is none yet, and wakes a worker if the job is now
    /// queued. Parsed photos that the record does not know were overtaken by its end and are erased, because nobody could find
    /// them any more.
    /// </summary>
    /// <returns>The record as this delivery wrote it; null where it wrote none.</returns>
    private async Task<StoredJob?> SettleAsync(Arrival arrival, Func<JobRecord, JobRecord> outcome, CancellationToken cancellationToken)
    {
        var isMine = true;
        var stored = arrival.Known is null && await jobs.TryCreateAsync(outcome(arrival.Draft), cancellationToken) is { } created
            ? await KeepUnlessErasedAsync(created, arrival, cancellationToken)
            : await jobs.ChangeAsync(
                arrival.Id,
                arrival.Known,
                record => (isMine = record.State is JobState.Accepted or JobState.Parsing) ? outcome(record) : null,
                cancellationToken);
        var kept = stored is null or { Record.State: JobState.Cancelled } ? [] : stored.Record.PixelHashes;
        foreach (var hash in arrival.Hashes.Except(kept, StringComparer.Ordinal))
        {
            await parsing.ForgetAsync(arrival.Id.Tenant, hash, CancellationToken.None);
        }

        if (stored?.Record.State == JobState.Queued)
        {
            recent.Remember(stored);
            await queue.SendAsync(JobMessage.For(stored.Record), cancellationToken);
        }

        return isMine ? stored : null;
    }

    /// <summary>
    /// Undoes the creation of a record whose photo was erased, together with an earlier record, while this delivery was at work.
    /// Can be only where there was an earlier record: the API wrote one, or another delivery had the time to.
    /// </summary>
    private async Task<StoredJob?> KeepUnlessErasedAsync(StoredJob created, Arrival arrival, CancellationToken cancellationToken)
    {
        if (arrival.Photo is not { } upload || (!arrival.IsSubmission && clock.GetUtcNow() - upload.CreatedAt < FirstDelivery))
        {
            return created;
        }

        await using var photo = await photos.OpenAsync(PhotoContainer.Uploads, arrival.TenantName, arrival.Name, cancellationToken);
        if (photo is not null)
        {
            return created;
        }

        Log.Erased(logger, arrival.TenantName, arrival.Name);
        await jobs.DeleteAsync(created, CancellationToken.None);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The photo {Tenant}/{Name} was erased while it was at work; its job goes with it.")]
        public static partial void Erased(ILogger logger, string tenant, string name);

        [LoggerMessage(2, LogLevel.Information, "Job {JobId} is refused with {Code}: {Reason}")]
        public static partial void Refused(ILogger logger, JobId jobId, string code, string reason);

        [LoggerMessage(3, LogLevel.Information, "Job {JobId} waits for the photo '{Photo}'.")]
        public static partial void Waits(ILogger logger, JobId jobId, string photo);
    }
}
