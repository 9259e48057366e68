using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.Photos;

/// <summary>
/// Makes URLs that permit writing one blob: signed with the account key where there is one, otherwise with a key that the
/// service issues to our identity and that is used until it is about to expire.
/// </summary>
internal sealed class UploadUrlSigner(BlobServiceClient service, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(6);

    private readonly SemaphoreSlim gate = new(1);
    private UserDelegationKey? key;

    public async Task<Uri> SignAsync(BlobClient blob, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var permissions = new BlobSasBuilder(BlobSasPermissions.Create | BlobSasPermissions.Write, expiresAt)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
        };
        if (blob.CanGenerateSasUri)
        {
            return blob.GenerateSasUri(permissions);
        }

        var issued = await KeyUntilAsync(expiresAt, cancellationToken).ConfigureAwait(false);
        return new BlobUriBuilder(blob.Uri, trimBlobNameSlashes: false)
        {
            Sas = permissions.ToSasQueryParameters(issued, service.AccountName),
        }.ToUri();
    }

    public void Dispose() => gate.Dispose();

    private async Task<UserDelegationKey> KeyUntilAsync(DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (key is null || key.SignedExpiresOn < expiresAt)
            {
                var until = clock.GetUtcNow() + KeyLifetime;
                key = await service.GetUserDelegationKeyAsync(null, until > expiresAt ? until : expiresAt, cancellationToken)
                    .OrFailAsync().ConfigureAwait(false);
            }

            return key;
        }
        finally
        {
            gate.Release();
        }
    }
}
