using Microsoft.Extensions.Options;
using PoseFunctions.Api.Configuration;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Views;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;

namespace PoseFunctions.Api.Jobs;

/// <summary>Prepares uploads that do not pass through this app.</summary>
public sealed class CreateUploadHandler(
    IJobStore jobs, IPhotoStore photos, RequestCarrier carrier, RequestChecks checks, TimeProvider clock, IOptions<ApiOptions> options)
{
    private const string MetadataHeader = "x-ms-meta-";

    /// <summary>A URL for one photo. The job of a source photo exists once the photo has arrived.</summary>
    /// <exception cref="RejectedException">The request is refused.</exception>
    public Task<UploadView> CreateAsync(
        Tenant tenant, string? givenKey, UploadBody body, JobLinks links, CancellationToken cancellationToken)
    {
        var key = givenKey ?? IdempotencyKeys.New();
        var id = JobId.FromIdempotencyKey(tenant, key);
        return body.Purpose == UploadPurpose.PosePhoto
            ? ForPosePhotoAsync(id, body, cancellationToken)
            : ForSourceAsync(id, key, isGiven: givenKey is not null, body, links, cancellationToken);
    }

    private async Task<UploadView> ForSourceAsync(
        JobId id, string key, bool isGiven, UploadBody body, JobLinks links, CancellationToken cancellationToken)
    {
        var request = body.ReadRequest();
        var fingerprint = isGiven ? RequestFingerprint.OfUpload(body, request) : null;
        if (isGiven)
        {
            (await jobs.FindAsync(id, cancellationToken))?.Require(fingerprint);
        }

        checks.CheckNames(request);

        // Further photos of the person and the scene may come later: the job waits for them.
        await checks.CheckStoredAsync(
            id.Tenant, request.Targets.Select(target => target.Photo).OfType<string>().Distinct(), "pose", FailureCodes.PosePhotoMissing, cancellationToken);
        var metadata = await carrier.PackAsync(id, key, fingerprint, request, cancellationToken);
        var upload = await ForAsync(PhotoContainer.Uploads, id, body, metadata, cancellationToken);
        return upload with { JobId = id, Href = links.Job(id) };
    }

    private async Task<UploadView> ForPosePhotoAsync(JobId id, UploadBody body, CancellationToken cancellationToken)
    {
        var upload = await ForAsync(PhotoContainer.PosePhotos, id, body, new Dictionary<string, string>(), cancellationToken);
        return upload with { Photo = UploadNames.Of(id, body.FileName) };
    }

    private async Task<UploadView> ForAsync(
        PhotoContainer container, JobId id, UploadBody body, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var expiresAt = clock.GetUtcNow() + options.Value.UploadUrlLifetime;
        var url = await photos.CreateUploadUrlAsync(
            container, id.Tenant, UploadNames.Of(id, body.FileName), expiresAt, cancellationToken);
        var headers = metadata.ToDictionary(entry => MetadataHeader + entry.Key, entry => entry.Value);
        headers["x-ms-blob-type"] = "BlockBlob";
        return new(JobId: null, Photo: null, Href: null, url, "PUT", headers, expiresAt);
    }
}
