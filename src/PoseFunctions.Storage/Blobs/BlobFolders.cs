using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.Blobs;

/// <summary>Deleting what is stored under a prefix.</summary>
internal static class BlobFolders
{
    /// <summary>Deletes every blob whose name starts with <paramref name="prefix"/>.</summary>
    public static async Task DeleteAllAsync(this BlobContainerClient container, string prefix, CancellationToken cancellationToken)
    {
        var listing = container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken).OrFail();
        await foreach (var blob in listing.ConfigureAwait(false))
        {
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken)
                .OrFailAsync().ConfigureAwait(false);
        }
    }
}
