using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Jobs;

/// <summary>A photo of a job's person: the uploaded one, or a further one that the request names.</summary>
/// <param name="BlobName">
/// Name in the uploads container, or that of a further photo in the pose-photos container, without the tenant. Data, never a path.
/// </param>
/// <param name="ETag">Version of the blob that the job is about, without quotes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="PixelHash">Content hash of the decoded pixels; the key of the parsed photo. Null until parsed.</param>
/// <param name="Width">Upright width in pixels; null until parsed.</param>
/// <param name="Height">Upright height in pixels; null until parsed.</param>
/// <param name="ParserVersion">Which models parsed it; null until parsed.</param>
/// <param name="TenantName">The tenant's name as it stands in storage, where that is no allowed one; otherwise null.</param>
/// <param name="People">How many people were found in it; null until parsed, and in records from before it was kept.</param>
/// <param name="Person">Where the person is whom the job is about, in pixels of the upright photo; null as <paramref name="People"/> is.</param>
/// <param name="Turns">By how many quarter turns clockwise the photo was turned to stand upright; null as <paramref name="People"/> is.</param>
public sealed record SourcePhoto(
    string BlobName,
    string ETag,
    long Length,
    string? PixelHash = null,
    int? Width = null,
    int? Height = null,
    string? ParserVersion = null,
    string? TenantName = null,
    int? People = null,
    PersonBox? Person = null,
    int? Turns = null)
{
    /// <summary>An upload that nobody has parsed yet.</summary>
    public static SourcePhoto Unparsed(string tenantName, string blobName, string etag, long length) =>
        new(blobName, etag, length, TenantName: Tenant.TryParse(tenantName, out _) ? null : tenantName);

    /// <summary>The photo with what parsing found in it.</summary>
    public SourcePhoto With(ParsedPhotoKey key, ParsedPhoto parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return this with
        {
            PixelHash = key.PixelHash,
            ParserVersion = key.ParserVersion,
            Width = parsed.PhotoSize.Width,
            Height = parsed.PhotoSize.Height,
            People = parsed.People,
            Person = parsed.Person.Extent(parsed.PhotoSize),
            Turns = parsed.Turns,
        };
    }
}
