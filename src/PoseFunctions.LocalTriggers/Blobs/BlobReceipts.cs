using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>
/// Remembers, in the host's own container, which version of which blob each function has had. A receipt is a blob whose
/// metadata hold its state; every change is conditional on its ETag, so that of several processes one wins.
/// </summary>
internal sealed class BlobReceipts(BlobServiceClient service, TimeProvider time, TimeSpan claimDuration)
{
    private const string ContainerName = "azure-webjobs-hosts";
    private const string StateKey = "state";
    private const string ExpiresKey = "expires";
    private const string AttemptsKey = "attempts";

    private readonly BlobContainerClient container = service.GetBlobContainerClient(ContainerName);

    public Task CreateContainerAsync(CancellationToken cancellationToken) =>
        container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Name of a receipt. Blob names are hashed: they may be as long as a whole receipt name.</summary>
    public static string NameOf(string functionId, string blobContainer, string blobName, string etag) =>
        $"{PrefixOf(functionId, blobContainer)}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{blobContainer}/{blobName}")))}/{etag.Trim('"')}";

    /// <summary>The receipts of a function for one container, by name, without those that a process holds at the moment.</summary>
    public async Task<Dictionary<string, ReceiptState>> ListAsync(string functionId, string blobContainer, CancellationToken cancellationToken)
    {
        var receipts = new Dictionary<string, ReceiptState>(StringComparer.Ordinal);
        var prefix = PrefixOf(functionId, blobContainer);
        await foreach (var receipt in container.GetBlobsAsync(BlobTraits.Metadata, prefix: prefix, cancellationToken: cancellationToken))
        {
            if (receipt.Metadata[StateKey] == nameof(ReceiptState.Done))
            {
                receipts[receipt.Name] = ReceiptState.Done;
            }
            else if (ExpiryOf(receipt.Metadata) <= time.GetUtcNow())
            {
                receipts[receipt.Name] = ReceiptState.Claimed;
            }
        }

        return receipts;
    }

    /// <summary>Forgets a blob version that is gone; no error where another process was faster.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Takes a blob version for this process, if it is neither done nor held by another.</summary>
    /// <param name="name">Name of the receipt.</param>
    /// <param name="blobName">The blob's name, kept in the receipt for people who look.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    public async Task<ClaimResult> ClaimAsync(string name, string blobName, CancellationToken cancellationToken)
    {
        var receipt = container.GetBlobClient(name);
        try
        {
            BlobContentInfo created = await receipt.UploadAsync(
                BinaryData.FromString(blobName),
                new BlobUploadOptions { Metadata = Claimed(1), Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } },
                cancellationToken);
            return ClaimResult.Taken(new BlobClaim(this, name, created.ETag, Attempt: 1));
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            return await TakeOverAsync(receipt, cancellationToken);
        }
    }

    /// <summary>Extends a claim.</summary>
    public Task<ETag> RenewAsync(BlobClaim claim, CancellationToken cancellationToken) =>
        WriteAsync(claim, Claimed(claim.Attempt), cancellationToken);

    /// <summary>Ends a claim without success; anyone may claim at once.</summary>
    public Task<ETag> ReleaseAsync(BlobClaim claim, CancellationToken cancellationToken) =>
        WriteAsync(claim, Metadata(ReceiptState.Claimed, time.GetUtcNow(), claim.Attempt), cancellationToken);

    /// <summary>Says that nothing remains to be done for this version.</summary>
    public Task<ETag> CompleteAsync(BlobClaim claim, CancellationToken cancellationToken) =>
        WriteAsync(claim, Metadata(ReceiptState.Done, time.GetUtcNow(), claim.Attempt), cancellationToken);

    private async Task<ClaimResult> TakeOverAsync(BlobClient receipt, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await receipt.GetPropertiesAsync(cancellationToken: cancellationToken);
            var metadata = properties.Metadata;
            if (metadata[StateKey] == nameof(ReceiptState.Done))
            {
                return ClaimResult.Done;
            }

            var expires = ExpiryOf(metadata);
            if (expires > time.GetUtcNow())
            {
                return ClaimResult.HeldUntil(expires);
            }

            var attempt = int.Parse(metadata[AttemptsKey], CultureInfo.InvariantCulture) + 1;
            var claim = new BlobClaim(this, receipt.Name, properties.ETag, attempt);
            return ClaimResult.Taken(claim with { ETag = await RenewAsync(claim, cancellationToken) });
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            // Another process was faster; the next scan looks again.
            return ClaimResult.HeldUntil(time.GetUtcNow() + claimDuration);
        }
    }

    private async Task<ETag> WriteAsync(BlobClaim claim, Dictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        BlobInfo written = await container.GetBlobClient(claim.ReceiptName).SetMetadataAsync(
            metadata, new BlobRequestConditions { IfMatch = claim.ETag }, cancellationToken);
        return written.ETag;
    }

    private Dictionary<string, string> Claimed(int attempts) => Metadata(ReceiptState.Claimed, time.GetUtcNow() + claimDuration, attempts);

    private static Dictionary<string, string> Metadata(ReceiptState state, DateTimeOffset expires, int attempts) => new()
    {
        [StateKey] = state.ToString(),
        [ExpiresKey] = expires.ToString("O", CultureInfo.InvariantCulture),
        [AttemptsKey] = attempts.ToString(CultureInfo.InvariantCulture),
    };

    private static DateTimeOffset ExpiryOf(IDictionary<string, string> metadata) =>
        DateTimeOffset.Parse(metadata[ExpiresKey], CultureInfo.InvariantCulture);

    private static string PrefixOf(string functionId, string blobContainer) => $"blobreceipts/{functionId}/{blobContainer}/";
}
