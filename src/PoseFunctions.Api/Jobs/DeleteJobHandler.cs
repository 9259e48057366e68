using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Parsing;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Api.Jobs;

/// <summary>Erases a job and everything that came from its photo.</summary>
public sealed class DeleteJobHandler(
    IJobStore jobs, IPhotoStore photos, IParsedPhotoStore parsedPhotos, IResultStore results, RequestCarrier carrier, TimeProvider clock)
{
    private const int MaxConflicts = 20;

    /// <summary>
    /// Erases in an order that survives dying at any line: the photo goes first, or the sweep would make the job anew; the
    /// record goes last, because without it nobody could find the rest.
    /// </summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.JobUnknown"/>.</exception>
    public async Task DeleteAsync(JobId id, CancellationToken cancellationToken)
    {
        // A cancelled job's worker is refused by the fencing number and cannot complete the record under our hands.
        var job = await jobs.ChangeAsync(
            id, known: null, record => record.IsFinal ? record : record.Cancel(clock.GetUtcNow()), cancellationToken)
            ?? throw JobFinder.Unknown();
        var record = job.Record;

        await DeletePhotoAsync(record, cancellationToken);
        if (record.Source is { PixelHash: { } pixelHash, ParserVersion: { } parserVersion })
        {
            await parsedPhotos.DeleteAsync(new(id.Tenant, pixelHash, parserVersion), cancellationToken);
        }

        await results.DeleteAllAsync(id, cancellationToken);
        foreach (var name in record.Request.Targets.Select(target => target.Photo).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (UploadNames.IsOwnedBy(id, name))
            {
                await photos.DeleteAsync(PhotoContainer.PosePhotos, id.Tenant.ToString(), name, etag: null, cancellationToken);
            }
        }

        await carrier.DeleteAsync(id, cancellationToken);
        await DeleteRecordAsync(job, cancellationToken);
    }

    private async Task DeleteRecordAsync(StoredJob job, CancellationToken cancellationToken)
    {
        var current = job;
        for (var conflicts = 0; current is not null; conflicts++)
        {
            try
            {
                await jobs.DeleteAsync(current, cancellationToken);
                return;
            }
            catch (JobConflictException) when (conflicts < MaxConflicts)
            {
                // Nothing can follow a final state but an operator's retry, and what it would retry is erased.
                current = await jobs.FindAsync(job.Record.Id, cancellationToken);
            }
        }
    }

    // A name that somebody chose in storage may hold a newer photo by now, which is another job's. In a job's own folder
    // every version is this job's.
    private Task DeletePhotoAsync(JobRecord record, CancellationToken cancellationToken) => photos.DeleteAsync(
        PhotoContainer.Uploads,
        record.Id.Tenant.ToString(),
        record.Source.BlobName,
        UploadNames.IsOwnedBy(record.Id, record.Source.BlobName) ? null : record.Source.ETag,
        cancellationToken);
}
