using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.Photos;

/// <summary>
/// Photos as they came in, named <c>{tenant}/{name}</c>. The tenant is text here, because anything can be dropped into storage.
/// </summary>
public interface IPhotoStore
{
    /// <summary>Opens a photo in one storage call; null when it is not there.</summary>
    Task<UploadedPhoto?> OpenAsync(PhotoContainer container, string tenant, string name, CancellationToken cancellationToken);

    /// <summary>Writes a photo, replacing one of the same name.</summary>
    /// <returns>The new version, without quotes.</returns>
    Task<string> WriteAsync(
        PhotoContainer container,
        Tenant tenant,
        string name,
        Stream content,
        IReadOnlyDictionary<string, string> metadata,
        CancellationToken cancellationToken);

    /// <summary>A URL with which anyone may write this one photo until <paramref name="expiresAt"/>.</summary>
    Task<Uri> CreateUploadUrlAsync(
        PhotoContainer container, Tenant tenant, string name, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Every uploaded photo.</summary>
    IAsyncEnumerable<UploadSummary> ListUploadsAsync(CancellationToken cancellationToken);

    /// <summary>Deletes a photo, only in this version when given. No error when it is gone or was replaced.</summary>
    /// <exception cref="RejectedException">
    /// <see cref="FailureCodes.JobStateConflict"/>: it is there, under a name that storage lists but no URL can carry.
    /// </exception>
    Task DeleteAsync(PhotoContainer container, string tenant, string name, string? etag, CancellationToken cancellationToken);

    /// <summary>Deletes every photo <c>{tenant}/{folder}/…</c>.</summary>
    Task DeleteFolderAsync(PhotoContainer container, Tenant tenant, string folder, CancellationToken cancellationToken);
}
