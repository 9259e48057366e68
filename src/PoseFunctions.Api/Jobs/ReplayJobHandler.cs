using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;

namespace PoseFunctions.Api.Jobs;

/// <summary>Does jobs once more: a job of its own, with copies of the photos, so that erasing one leaves the other.</summary>
public sealed class ReplayJobHandler(IJobStore jobs, IPhotoStore photos, SubmitJobHandler submissions)
{
    /// <summary>Submits what a job that succeeded was asked for, pinned to the model and the seed that its record names.</summary>
    /// <exception cref="RejectedException">
    /// <see cref="FailureCodes.JobUnknown"/>; <see cref="FailureCodes.JobStateConflict"/> for a job that has not succeeded; or a photo is
    /// not there any more; or <see cref="FailureCodes.IdempotencyKeyReused"/>.
    /// </exception>
    public async Task<StoredJob> ReplayAsync(JobId original, JobId replay, string idempotencyKey, CancellationToken cancellationToken)
    {
        var fingerprint = RequestFingerprint.OfReplay(original);
        if (await submissions.FindAsync(replay, cancellationToken) is { } known)
        {
            return known.Require(fingerprint);
        }

        var (record, _) = await jobs.GetAsync(original, cancellationToken);
        if (record is not { State: JobState.Succeeded, Generator: { } generator })
        {
            throw new RejectedException(FailureCodes.JobStateConflict, $"The job is {record.State}; only one that has succeeded can be done again.");
        }

        await using var source = await photos.OpenSourceAsync(record, cancellationToken);
        var request = record.Request with
        {
            Generator = generator.Name,
            ModelHash = generator.ModelHash,
            Seed = generator.Seed,
            ExpiresAt = null,
        };
        var submission = new JobSubmission(
            await CopyAsync(source, record.Source.BlobName, cancellationToken),
            await OwnAsync(
                record, request.Targets.Select(target => target.Photo).OfType<string>(), FailureCodes.PosePhotoMissing, cancellationToken),
            request,
            request.Scene is { } scene ? await OwnAsync(record, scene, FailureCodes.ScenePhotoMissing, cancellationToken) : null)
        {
            SourcePhotos = await OwnAsync(record, request.Sources, FailureCodes.SourcePhotoMissing, cancellationToken),
        };
        return await submissions.SubmitAsync(replay, idempotencyKey, fingerprint, submission, cancellationToken);
    }

    private async Task<Dictionary<string, SubmittedPhoto>> OwnAsync(
        JobRecord record, IEnumerable<string> names, string codeOfAbsence, CancellationToken cancellationToken)
    {
        var own = new Dictionary<string, SubmittedPhoto>(StringComparer.Ordinal);
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (await OwnAsync(record, name, codeOfAbsence, cancellationToken) is { } photo)
            {
                own[name] = photo;
            }
        }

        return own;
    }

    /// <summary>A copy of a photo that came with the job; null for one that lies in storage by itself, which is named again.</summary>
    private async Task<SubmittedPhoto?> OwnAsync(JobRecord record, string name, string codeOfAbsence, CancellationToken cancellationToken)
    {
        if (!UploadNames.IsOwnedBy(record.Id, name))
        {
            return null;
        }

        await using var photo = await photos.OpenAsync(PhotoContainer.PosePhotos, record.Id.Tenant.ToString(), name, cancellationToken)
            ?? throw new RejectedException(codeOfAbsence, $"The photo '{name}' was deleted.");
        return await CopyAsync(photo, name, cancellationToken);
    }

    private static async Task<SubmittedPhoto> CopyAsync(UploadedPhoto photo, string name, CancellationToken cancellationToken)
    {
        var content = new byte[photo.Length];
        await photo.Content.ReadExactlyAsync(content, cancellationToken);
        return new(name, content.Length, () => new MemoryStream(content, writable: false));
    }
}
