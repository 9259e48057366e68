using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.Photos;

/// <summary>Reading a job's photo again.</summary>
public static class PhotoStoreExtensions
{
    /// <summary>Opens the photo that a job is about: that very version, because names can be written again.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.PhotoMissing"/>: it was deleted or replaced.</exception>
    public static async Task<UploadedPhoto> OpenSourceAsync(this IPhotoStore photos, JobRecord job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(photos);
        ArgumentNullException.ThrowIfNull(job);
        var photo = await photos.OpenAsync(PhotoContainer.Uploads, job.UploadTenantName, job.Source.BlobName, cancellationToken);
        if (photo?.ETag == job.Source.ETag)
        {
            return photo;
        }

        await (photo?.DisposeAsync() ?? ValueTask.CompletedTask);
        throw new RejectedException(
            FailureCodes.PhotoMissing, $"The photo was {(photo is null ? "deleted" : "replaced")} before the job could run.");
    }
}
