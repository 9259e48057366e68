using System.Diagnostics;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;

namespace PoseFunctions.Api.Jobs;

/// <summary>Turns submissions into stored photos. From there on a job is the same however its photo came in.</summary>
public sealed class SubmitJobHandler(
    IJobStore jobs,
    IPhotoStore photos,
    CompanionUploads companions,
    RequestCarrier carrier,
    RequestChecks checks,
    IOptions<ImageLimits> limits,
    TimeProvider clock)
{
    /// <summary>The job that an idempotency key made earlier; null for none.</summary>
    public Task<StoredJob?> FindAsync(JobId id, CancellationToken cancellationToken) => jobs.FindAsync(id, cancellationToken);

    /// <summary>Stores a submission under its key and accepts the job. Doing it twice gives the same job.</summary>
    /// <exception cref="RejectedException">
    /// The photo or the request is refused, and nothing was stored; or another request with the same key was faster.
    /// </exception>
    public async Task<StoredJob> SubmitAsync(
        JobId id, string idempotencyKey, string? fingerprint, JobSubmission submission, CancellationToken cancellationToken)
    {
        checks.CheckNames(submission.Request);
        await submission.Photo.CheckAsync(limits.Value, cancellationToken);
        var request = await companions.StoreAsync(id, submission, cancellationToken);

        // The photo comes last, because its arrival starts the job and everything the job needs must be there by then.
        var metadata = await carrier.PackAsync(id, idempotencyKey, fingerprint, request, cancellationToken);
        var name = UploadNames.Of(id, submission.Photo.FileName);
        await using var content = submission.Photo.Open();
        var etag = await photos.WriteAsync(PhotoContainer.Uploads, id.Tenant, name, content, metadata, cancellationToken);

        var record = JobRecord.Accept(
            id, new(name, etag, submission.Photo.Length), request, clock.GetUtcNow(), Activity.Current?.Id, fingerprint);
        return await jobs.TryCreateAsync(record, cancellationToken)
            ?? (await jobs.FindAsync(id, cancellationToken))?.Require(fingerprint)
            ?? throw new JobConflictException(id);
    }
}
