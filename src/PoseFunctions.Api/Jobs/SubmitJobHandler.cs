using System.Diagnostics;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Api.Jobs;

/// <summary>Turns submissions into stored photos. From there on a job is the same however its photo came in.</summary>
public sealed class SubmitJobHandler(
    IJobStore jobs, IPhotoStore photos, RequestCarrier carrier, RequestChecks checks, IOptions<ImageLimits> limits, TimeProvider clock)
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
        var request = await StoreSceneAsync(id, submission, await StorePosePhotosAsync(id, submission, cancellationToken), cancellationToken);

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

    private async Task<TransferRequest> StoreSceneAsync(
        JobId id, JobSubmission submission, TransferRequest request, CancellationToken cancellationToken)
    {
        if (submission.ScenePhoto is not { } photo)
        {
            await checks.CheckSceneAsync(id.Tenant, request, cancellationToken);
            return request;
        }

        await photo.CheckAsync(limits.Value, cancellationToken);
        var name = UploadNames.OfScenePhoto(id, photo.FileName);
        await using var content = photo.Open();
        await photos.WriteAsync(PhotoContainer.PosePhotos, id.Tenant, name, content, new Dictionary<string, string>(), cancellationToken);
        return request with { Scene = name };
    }

    private async Task<TransferRequest> StorePosePhotosAsync(
        JobId id, JobSubmission submission, CancellationToken cancellationToken)
    {
        var named = submission.Request.Targets.Select(target => target.Photo).OfType<string>().ToHashSet(PhotoNameComparer.Instance);
        if (submission.PosePhotos.Keys.FirstOrDefault(name => !named.Contains(name)) is { } unused)
        {
            throw new RejectedException(FailureCodes.RequestInvalid, $"The request is not valid: no target names the pose photo '{unused}'.");
        }

        foreach (var photo in submission.PosePhotos.Values)
        {
            await photo.CheckAsync(limits.Value, cancellationToken);
        }

        await checks.CheckPosePhotosAsync(id.Tenant, named.Where(name => !submission.PosePhotos.ContainsKey(name)), cancellationToken);

        var stored = new Dictionary<string, string>(PhotoNameComparer.Instance);
        foreach (var (index, (name, photo)) in submission.PosePhotos.Index())
        {
            stored[name] = UploadNames.OfPosePhoto(id, index, name);
            await using var content = photo.Open();
            await photos.WriteAsync(
                PhotoContainer.PosePhotos, id.Tenant, stored[name], content, new Dictionary<string, string>(), cancellationToken);
        }

        return submission.Request with
        {
            Targets = [.. submission.Request.Targets.Select(target =>
                target.Photo is { } name && stored.TryGetValue(name, out var photo) ? target with { Photo = photo } : target)],
        };
    }
}
