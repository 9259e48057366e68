using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Storage.Blobs;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.People;

/// <summary>
/// Parsed photos as JSON blobs <c>{tenant}/{pixel hash}-{parser version}-{person}.v{form}.json</c>. They can always be made again, so
/// a damaged one is deleted and reported as absent instead of failing every job with the same picture. Latents lie beside them as
/// <c>….latents-{encoder hash}.bin</c>, little-endian float32, so that a photo's prefix finds both.
/// </summary>
internal sealed partial class BlobParsedPhotoStore(BlobContainerClient container, ILogger<BlobParsedPhotoStore> logger)
    : IParsedPhotoStore
{
    public async Task<ParsedPhoto?> FindAsync(ParsedPhotoKey key, CancellationToken cancellationToken)
    {
        var blob = BlobOf(key);
        var found = await blob.DownloadContentAsync(cancellationToken)
            .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        try
        {
            var document = JsonSerializer.Deserialize(
                found.Value.Content.ToMemory().Span, ParsedPhotoJsonContext.Default.ParsedPhotoDocument);
            return document?.ToPhoto() ?? throw new InvalidDataException("null is no parsed photo");
        }
        catch (Exception exception) when (exception is JsonException or IOException or InvalidDataException or ArgumentException)
        {
            Log.Damaged(logger, exception, blob.Name);
            await blob.DeleteIfExistsAsync(
                    conditions: new() { IfMatch = found.Value.Details.ETag }, cancellationToken: cancellationToken)
                .OrNullAsync(StorageFailures.IsConditionNotMet).ConfigureAwait(false);
            return null;
        }
    }

    public Task WriteAsync(ParsedPhotoKey key, ParsedPhoto photo, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(
            ParsedPhotoDocument.Of(photo), ParsedPhotoJsonContext.Default.ParsedPhotoDocument);
        var options = new BlobUploadOptions
        {
            Conditions = ConditionalWrites.IfAbsent,
            HttpHeaders = new() { ContentType = "application/json" },
        };
        return BlobOf(key).UploadAsync(BinaryData.FromBytes(json), options, cancellationToken)
            .OrNullAsync(StorageFailures.IsConditionNotMet);
    }

    public async Task<float[]?> FindLatentsAsync(LatentKey key, CancellationToken cancellationToken)
    {
        var found = await BlobOf(key).DownloadContentAsync(cancellationToken)
            .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false);
        return found is null ? null : LatentBytes.Read(found.Value.Content);
    }

    public Task WriteLatentsAsync(LatentKey key, float[] latents, CancellationToken cancellationToken) =>
        BlobOf(key).UploadAsync(LatentBytes.Write(latents), new BlobUploadOptions { Conditions = ConditionalWrites.IfAbsent }, cancellationToken)
            .OrNullAsync(StorageFailures.IsConditionNotMet);

    public Task DeleteAsync(Tenant tenant, string pixelHash, CancellationToken cancellationToken) =>
        container.DeleteAllAsync(Prefix(tenant, pixelHash), cancellationToken);

    private static string Prefix(Tenant tenant, string pixelHash) => $"{tenant}/{pixelHash}-";

    /// <summary>The version as part of a name; versions that differ only in what a name cannot have stay apart by their hash.</summary>
    private static string Sanitise(string version)
    {
        var plain = string.Concat(version.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-'));
        return plain == version
            ? plain
            : $"{plain}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version)))[..12]}";
    }

    private static string StemOf(ParsedPhotoKey key) => $"{Prefix(key.Tenant, key.PixelHash)}{Sanitise(key.ParserVersion)}-{Sanitise(key.Person)}";

    private BlobClient BlobOf(ParsedPhotoKey key) => container.GetBlobClient($"{StemOf(key)}.v{ParsedPhotoDocument.FormVersion}.json");

    private BlobClient BlobOf(LatentKey key) => container.GetBlobClient($"{StemOf(key.Photo)}.latents-{Sanitise(key.EncoderHash)}.bin");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The parsed photo {Blob} is damaged; it is deleted and the photo will be parsed again.")]
        public static partial void Damaged(ILogger logger, Exception exception, string blob);
    }
}
