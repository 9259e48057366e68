using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.Blobs;

/// <summary>Writes that hold only under a condition on what is there.</summary>
internal static class ConditionalWrites
{
    /// <summary>Metadata key of a number that every write has for itself.</summary>
    private const string WriteIdKey = "writeid";

    /// <summary>Nothing may be there.</summary>
    public static BlobRequestConditions IfAbsent => new() { IfNoneMatch = ETag.All };

    /// <summary>Something must be there, of any version.</summary>
    public static BlobRequestConditions IfPresent => new() { IfMatch = ETag.All };

    /// <summary>This version must be there.</summary>
    public static BlobRequestConditions IfVersion(string version) => new() { IfMatch = new ETag(version) };

    /// <summary>The text by which a version is named outside storage, without quotes. Listings have none, answers do.</summary>
    public static string Version(this ETag etag) => etag.ToString().Trim('"');

    /// <summary>
    /// Writes in one request. A write whose answer got lost is sent again by the client and then fails on its own success:
    /// the write's number in the metadata tells that apart from a conflict, which costs one request and only on conflicts.
    /// </summary>
    /// <returns>The new version; null when the condition does not hold.</returns>
    public static async Task<string?> TryWriteAsync(
        this BlobClient blob,
        BinaryData content,
        BlobRequestConditions condition,
        IDictionary<string, string> metadata,
        CancellationToken cancellationToken)
    {
        var writeId = Guid.NewGuid().ToString("n");
        metadata[WriteIdKey] = writeId;
        var options = new BlobUploadOptions
        {
            Conditions = condition,
            Metadata = metadata,
            HttpHeaders = new() { ContentType = "application/json" },
        };
        var written = await blob.UploadAsync(content, options, cancellationToken)
            .OrNullAsync(StorageFailures.IsConditionNotMet).ConfigureAwait(false);
        if (written is not null)
        {
            return written.Value.ETag.Version();
        }

        var there = await blob.GetPropertiesAsync(cancellationToken: cancellationToken)
            .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false);
        return there?.Value.Metadata.TryGetValue(WriteIdKey, out var id) == true && id == writeId ? there.Value.ETag.Version() : null;
    }
}
