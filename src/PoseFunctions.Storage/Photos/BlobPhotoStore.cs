using System.Runtime.CompilerServices;
using System.Xml;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Storage.Blobs;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.Photos;

/// <summary>Photos as blobs <c>{tenant}/{name}</c> of two containers.</summary>
internal sealed class BlobPhotoStore(
    BlobContainerClient uploads, BlobContainerClient posePhotos, UploadUrlSigner signer) : IPhotoStore
{
    // Above the largest photo that can be allowed, so that each is written in one request.
    private const long LargestPhoto = 100_000_000;

    public async Task<UploadedPhoto?> OpenAsync(
        PhotoContainer container, string tenant, string name, CancellationToken cancellationToken)
    {
        var found = await BlobOf(container, tenant, name).DownloadStreamingAsync(cancellationToken: cancellationToken)
            .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        var details = found.Value.Details;
        return new(
            details.ETag.Version(),
            details.ContentLength,
            details.LastModified,
            Caseless(details.Metadata),
            new StorageReadStream(found.Value.Content, details.ContentLength));
    }

    public async Task<string> WriteAsync(
        PhotoContainer container,
        Tenant tenant,
        string name,
        Stream content,
        IReadOnlyDictionary<string, string> metadata,
        CancellationToken cancellationToken)
    {
        PhotoMetadata.Check(metadata);
        var options = new BlobUploadOptions
        {
            Metadata = new Dictionary<string, string>(metadata),
            TransferOptions = new StorageTransferOptions { InitialTransferSize = LargestPhoto },
        };
        var blob = BlobOf(container, tenant.ToString(), name);
        using var buffer = content.CanSeek ? null : await BufferAsync(content, cancellationToken).ConfigureAwait(false);
        var written = await blob.UploadAsync(buffer ?? content, options, cancellationToken).OrFailAsync().ConfigureAwait(false);
        return written.Value.ETag.Version();
    }

    public Task<Uri> CreateUploadUrlAsync(
        PhotoContainer container, Tenant tenant, string name, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        signer.SignAsync(BlobOf(container, tenant.ToString(), name), expiresAt, cancellationToken);

    public async IAsyncEnumerable<UploadSummary> ListUploadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listing = uploads.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken).OrFail();
        await foreach (var blob in listing.ConfigureAwait(false))
        {
            var (tenant, name) = UploadName.Parse(blob.Name);
            yield return new(
                tenant, name, blob.Properties.ETag!.Value.Version(), blob.Properties.LastModified!.Value, Caseless(blob.Metadata));
        }
    }

    public async Task DeleteAsync(
        PhotoContainer container, string tenant, string name, string? etag, CancellationToken cancellationToken)
    {
        if (PhotoNames.FindProblem(tenant, name) is not null)
        {
            await RefuseWhileListedAsync(container, $"{tenant}/{name}", cancellationToken).ConfigureAwait(false);
            return;
        }

        var condition = etag is null ? null : ConditionalWrites.IfVersion(etag);
        await BlobOf(container, tenant, name)
            .DeleteIfExistsAsync(conditions: condition, cancellationToken: cancellationToken)
            .OrNullAsync(StorageFailures.IsConditionNotMet).ConfigureAwait(false);
    }

    public Task DeleteFolderAsync(PhotoContainer container, Tenant tenant, string folder, CancellationToken cancellationToken) =>
        Container(container).DeleteAllAsync($"{tenant}/{folder}/", cancellationToken);

    private async Task RefuseWhileListedAsync(PhotoContainer container, string fullName, CancellationToken cancellationToken)
    {
        // A prefix travels in the query, where every name can stand; the answer repeats it in XML, where a few characters cannot.
        var prefix = string.Concat(fullName.TakeWhile(XmlConvert.IsXmlChar));
        var listing = Container(container).GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken).OrFail();
        await foreach (var blob in listing.ConfigureAwait(false))
        {
            if (blob.Name == fullName)
            {
                throw new RejectedException(
                    FailureCodes.JobStateConflict, "The photo's name cannot be part of a URL; delete the photo with the tool that stored it first.");
            }
        }
    }

    /// <summary>Content of unknown length would go up in blocks, which are buffered as well and take a request each.</summary>
    private static async Task<MemoryStream> BufferAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        buffer.Position = 0;
        return buffer;
    }

    private static Dictionary<string, string> Caseless(IDictionary<string, string> metadata)
    {
        // Assigned one by one: services differ in whether they fold the case of keys before they store them.
        var caseless = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in metadata)
        {
            caseless[key] = value;
        }

        return caseless;
    }

    private BlobClient BlobOf(PhotoContainer container, string tenant, string name) =>
        Container(container).GetBlobClient(PhotoNames.Check(tenant, name));

    private BlobContainerClient Container(PhotoContainer container) => container == PhotoContainer.Uploads ? uploads : posePhotos;
}
