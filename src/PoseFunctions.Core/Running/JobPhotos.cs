using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;

namespace PoseFunctions.Core.Running;

/// <summary>
/// What parsing found in the photos of a job that runs; parsed once more where another job with the same picture was erased
/// together with it.
/// </summary>
public sealed class JobPhotos(IPhotoStore photos, PhotoParsing parsing)
{
    /// <summary>The source photo.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.PhotoMissing"/>: it has to be parsed again and is gone.</exception>
    public async Task<ParsedPhoto> SourceAsync(JobRecord job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (await parsing.FindAsync(SourceKey(job), cancellationToken) is { } known)
        {
            return known;
        }

        await using var upload = await photos.OpenSourceAsync(job, cancellationToken);
        return (await parsing.ParseAsync(job.Id.Tenant, upload, job.Request.Person, cancellationToken)).Photo;
    }

    /// <summary>A further photo of the person, one of <see cref="JobRecord.Sources"/>.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.SourcePhotoMissing"/>: it has to be parsed again and is gone.</exception>
    public Task<ParsedPhoto> SourceAsync(JobRecord job, SourcePhoto further, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(further);
        return CompanionAsync(
            SourceKey(job, further), further.BlobName, job.Request.PersonInSources, FailureCodes.SourcePhotoMissing, cancellationToken);
    }

    /// <summary>The photo whose scene the person is put into.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.ScenePhotoMissing"/>: it has to be parsed again and is gone.</exception>
    public Task<ParsedPhoto> SceneAsync(JobRecord job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return CompanionAsync(SceneKey(job), job.Scene!.Name, PersonSelection.Default, FailureCodes.ScenePhotoMissing, cancellationToken);
    }

    /// <summary>The photo that a target takes its pose from.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.PosePhotoMissing"/>: it has to be parsed again and is gone.</exception>
    public Task<ParsedPhoto> OfTargetAsync(JobRecord job, JobTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(target);
        var key = new ParsedPhotoKey(job.Id.Tenant, target.PhotoPixelHash!, job.Source.ParserVersion!);
        return CompanionAsync(
            key, job.Request.Targets[target.Index].Photo!, PersonSelection.Default, FailureCodes.PosePhotoMissing, cancellationToken);
    }

    /// <summary>The file of the source photo.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.PhotoMissing"/>: it was deleted or replaced.</exception>
    public Task<byte[]> ReadSourceAsync(JobRecord job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return ReadAsync(SourceKey(job), () => photos.OpenSourceAsync(job, cancellationToken), cancellationToken);
    }

    /// <summary>The file of a further photo of the person, one of <see cref="JobRecord.Sources"/>.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.SourcePhotoMissing"/>: it was deleted or replaced.</exception>
    public Task<byte[]> ReadSourceAsync(JobRecord job, SourcePhoto further, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(further);
        return ReadAsync(SourceKey(job, further), () => OpenSourceAsync(job, further, cancellationToken), cancellationToken);
    }

    /// <summary>The file of the photo whose scene the person is put into.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.ScenePhotoMissing"/>: it was deleted.</exception>
    public Task<byte[]> ReadSceneAsync(JobRecord job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return ReadAsync(
            SceneKey(job), () => OpenAsync(job.Id.Tenant, job.Scene!.Name, FailureCodes.ScenePhotoMissing, cancellationToken), cancellationToken);
    }

    internal static ParsedPhotoKey SourceKey(JobRecord job) =>
        new(job.Id.Tenant, job.Source.PixelHash!, job.Source.ParserVersion!, job.Request.Person.ToString());

    internal static ParsedPhotoKey SourceKey(JobRecord job, SourcePhoto further) =>
        new(job.Id.Tenant, further.PixelHash!, further.ParserVersion!, job.Request.PersonInSources.ToString());

    internal static ParsedPhotoKey SceneKey(JobRecord job) => new(job.Id.Tenant, job.Scene!.PixelHash, job.Scene.ParserVersion);

    private async Task<byte[]> ReadAsync(ParsedPhotoKey key, Func<Task<UploadedPhoto>> open, CancellationToken cancellationToken)
    {
        if (parsing.FindFile(key) is { } known)
        {
            return known;
        }

        await using var photo = await open();
        var file = new byte[photo.Length];
        await photo.Content.ReadExactlyAsync(file, cancellationToken);
        return file;
    }

    private async Task<ParsedPhoto> CompanionAsync(
        ParsedPhotoKey key, string name, PersonSelection person, string codeOfAbsence, CancellationToken cancellationToken)
    {
        if (await parsing.FindAsync(key, cancellationToken) is { } known)
        {
            return known;
        }

        await using var photo = await OpenAsync(key.Tenant, name, codeOfAbsence, cancellationToken);
        return await ParseAgainAsync(key, photo, name, person, codeOfAbsence, cancellationToken);
    }

    /// <summary>Parses a photo that should have the pixels that it had when the record was made: names can be written again.</summary>
    private async Task<ParsedPhoto> ParseAgainAsync(
        ParsedPhotoKey key, UploadedPhoto photo, string name, PersonSelection person, string codeOfAbsence, CancellationToken cancellationToken)
    {
        var (found, parsed) = await parsing.ParseAsync(key.Tenant, photo, person, cancellationToken);
        return found.PixelHash == key.PixelHash
            ? parsed
            : throw new RejectedException(codeOfAbsence, $"The photo '{name}' was replaced before the job could run.");
    }

    /// <summary>Opens a further photo of the person; one that was written again must be the same picture.</summary>
    private async Task<UploadedPhoto> OpenSourceAsync(JobRecord job, SourcePhoto further, CancellationToken cancellationToken)
    {
        var photo = await OpenAsync(job.Id.Tenant, further.BlobName, FailureCodes.SourcePhotoMissing, cancellationToken);
        if (photo.ETag == further.ETag)
        {
            return photo;
        }

        await using (photo)
        {
            await ParseAgainAsync(
                SourceKey(job, further), photo, further.BlobName, job.Request.PersonInSources, FailureCodes.SourcePhotoMissing, cancellationToken);
        }

        return await OpenAsync(job.Id.Tenant, further.BlobName, FailureCodes.SourcePhotoMissing, cancellationToken);
    }

    private async Task<UploadedPhoto> OpenAsync(Tenant tenant, string name, string codeOfAbsence, CancellationToken cancellationToken) =>
        await photos.OpenAsync(PhotoContainer.PosePhotos, tenant.ToString(), name, cancellationToken)
        ?? throw new RejectedException(codeOfAbsence, $"The photo '{name}' was deleted before the job could run.");
}
