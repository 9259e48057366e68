using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Intake;

/// <summary>First step of a delivery: goes on with the job that the upload may have already.</summary>
public sealed class JobResumption(IJobStore jobs, IJobQueue queue, UploadSettlement settlement, TimeProvider clock)
{
    /// <summary>Finds the job and marks it as being parsed.</summary>
    /// <returns>False when nothing is left to do for this delivery.</returns>
    internal async Task<bool> ResumeAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        if (!arrival.IsSubmission || await jobs.FindAsync(arrival.Id, cancellationToken) is not { } known)
        {
            return true;
        }

        arrival.Known = known;
        if (IsOfAnotherRequest(known.Record, arrival.Photo!))
        {
            await LeaveOutAsync(arrival, cancellationToken);
            return false;
        }

        arrival.Known = await BeginAsync(known, cancellationToken);
        arrival.Request = arrival.Known?.Record.Request is { IsEmpty: false } asked ? asked : null;
        return arrival.Known is not null;
    }

    /// <summary>Whether two requests with one idempotency key were at work at once, and this is the photo of the one that was refused.</summary>
    private static bool IsOfAnotherRequest(JobRecord record, UploadedPhoto photo) =>
        record.Fingerprint is { } asked && photo.Metadata.TryGetValue(PhotoMetadata.Fingerprint, out var given) && given != asked;

    /// <summary>Keeps a photo out of a job that is not about it. A job whose own photo it has replaced cannot run any more.</summary>
    private Task LeaveOutAsync(Arrival arrival, CancellationToken cancellationToken) => arrival.Draft.Source.BlobName == arrival.Name
        ? settlement.RefuseAsync(
            arrival,
            FailureCodes.PhotoMissing,
            "The photo was replaced, before the job could run, by that of another request with the same idempotency key.",
            cancellationToken)
        : Task.CompletedTask;

    /// <summary>Marks an accepted job as being parsed. Null when nothing is left to do for this delivery.</summary>
    private async Task<StoredJob?> BeginAsync(StoredJob known, CancellationToken cancellationToken)
    {
        if (known.Record.State == JobState.Queued)
        {
            // Whoever queued it may have died before sending the message; a second message does no harm.
            await queue.SendAsync(JobMessage.For(known.Record), cancellationToken);
            return null;
        }

        if (known.Record.State is not (JobState.Accepted or JobState.Parsing))
        {
            return null;
        }

        var begun = await jobs.ChangeAsync(
            known.Record.Id,
            known,
            record => record.IsOverdue(clock.GetUtcNow())
                ? record.Expire(clock.GetUtcNow())
                : record.State == JobState.Accepted ? record.StartParsing(clock.GetUtcNow()) : null,
            cancellationToken);
        return begun?.Record.State == JobState.Parsing ? begun : null;
    }
}
