using System.Diagnostics;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Api.Jobs;

/// <summary>Puts requests into the metadata of their photos, or beside them when they are too long for that.</summary>
public sealed class RequestCarrier(IRequestStore requests)
{
    // Storage permits 8 KiB of metadata in all; base64 makes 4 characters of 3 bytes.
    private const int MaxMetadataBytes = 6 * 1024 * 3 / 4;

    /// <summary>Metadata for a job's photo. A long request is in the request store once this returns.</summary>
    public async Task<Dictionary<string, string>> PackAsync(
        JobId id, string idempotencyKey, string? fingerprint, TransferRequest request, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string> { [PhotoMetadata.IdempotencyKey] = idempotencyKey };
        if (fingerprint is not null)
        {
            metadata[PhotoMetadata.Fingerprint] = fingerprint;
        }

        if (Activity.Current?.Id is { } traceParent)
        {
            metadata[PhotoMetadata.TraceParent] = traceParent;
        }

        var json = TransferRequestJson.Write(request);
        if (json.Length <= MaxMetadataBytes)
        {
            metadata[PhotoMetadata.Request] = Convert.ToBase64String(json);
            return metadata;
        }

        await requests.WriteAsync(id.Tenant, KeyOf(id), json, cancellationToken);
        metadata[PhotoMetadata.RequestKey] = KeyOf(id);
        return metadata;
    }

    /// <summary>Removes what was kept beside a job's photo.</summary>
    public Task DeleteAsync(JobId id, CancellationToken cancellationToken) =>
        requests.DeleteAsync(id.Tenant, KeyOf(id), cancellationToken);

    private static string KeyOf(JobId id) => id.Digest;
}
