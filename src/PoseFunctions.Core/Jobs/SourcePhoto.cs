namespace PoseFunctions.Core.Jobs;

/// <summary>The uploaded photo of a job.</summary>
/// <param name="BlobName">Name in the uploads container, without the tenant. Data, never a path.</param>
/// <param name="ETag">Version of the blob that the job is about, without quotes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="PixelHash">Content hash of the decoded pixels; the key of the parsed photo. Null until parsed.</param>
/// <param name="Width">Upright width in pixels; null until parsed.</param>
/// <param name="Height">Upright height in pixels; null until parsed.</param>
/// <param name="ParserVersion">Which models parsed it; null until parsed.</param>
/// <param name="TenantName">The tenant's name as it stands in storage, where that is no allowed one; otherwise null.</param>
public sealed record SourcePhoto(
    string BlobName,
    string ETag,
    long Length,
    string? PixelHash = null,
    int? Width = null,
    int? Height = null,
    string? ParserVersion = null,
    string? TenantName = null)
{
    /// <summary>An upload that nobody has parsed yet.</summary>
    public static SourcePhoto Unparsed(string tenantName, string blobName, string etag, long length) =>
        new(blobName, etag, length, TenantName: Tenant.TryParse(tenantName, out _) ? null : tenantName);
}
