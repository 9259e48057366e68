using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;

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

        await DeletePhotosAsync(record, cancellationToken);
        await DeleteDerivedAsync(record, cancellationToken);
        await carrier.DeleteAsync(id, cancellationToken);
        await DeleteRecordAsync(job, cancellationToken);

        // Again, for what a worker wrote before the record was gone. From now on it sees that and cleans up itself.
        await DeleteDerivedAsync(record, cancellationToken);
    }

    private async Task DeleteDerivedAsync(JobRecord record, CancellationToken cancellationToken)
    {
        foreach (var hash in record.PixelHashes)
        {
            await parsedPhotos.DeleteAsync(record.Id.Tenant, hash, cancellationToken);
        }

        // A job that takes this id later has higher numbers.
        await results.DeleteAsync(record.Id, record.Fence, cancellationToken);
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

    // In a job's own folder everything is this job's, also what came under another file name with the same key. A name that
    // somebody chose in storage may hold a newer photo by now, which is another job's.
    private async Task DeletePhotosAsync(JobRecord record, CancellationToken cancellationToken)
    {
        var (id, source) = (record.Id, record.Source);
        await photos.DeleteFolderAsync(PhotoContainer.Uploads, id.Tenant, UploadNames.FolderOf(id), cancellationToken);
        await photos.DeleteFolderAsync(PhotoContainer.PosePhotos, id.Tenant, UploadNames.FolderOf(id), cancellationToken);
        if (!UploadNames.IsOwnedBy(id, source.BlobName))
        {
            await photos.DeleteAsync(
                PhotoContainer.Uploads, record.UploadTenantName, source.BlobName, source.ETag, cancellationToken);
        }
    }
}
