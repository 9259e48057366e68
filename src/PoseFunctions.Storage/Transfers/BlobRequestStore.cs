using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.Transfers;

/// <summary>Long requests as blobs <c>{tenant}/{key}.json</c>.</summary>
internal sealed class BlobRequestStore(BlobContainerClient container) : IRequestStore
{
    public Task WriteAsync(Tenant tenant, string key, ReadOnlyMemory<byte> utf8Json, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions { HttpHeaders = new() { ContentType = "application/json" } };
        return BlobOf(tenant, key).UploadAsync(BinaryData.FromBytes(utf8Json), options, cancellationToken).OrFailAsync();
    }

    public async Task<byte[]?> FindAsync(Tenant tenant, string key, CancellationToken cancellationToken)
    {
        var found = await BlobOf(tenant, key).DownloadContentAsync(cancellationToken)
            .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false);
        return found?.Value.Content.ToArray();
    }

    public Task DeleteAsync(Tenant tenant, string key, CancellationToken cancellationToken) =>
        BlobOf(tenant, key).DeleteIfExistsAsync(cancellationToken: cancellationToken).OrFailAsync();

    private BlobClient BlobOf(Tenant tenant, string key) =>
        container.GetBlobClient(PhotoNames.Check(tenant.ToString(), $"{key}.json"));
}
