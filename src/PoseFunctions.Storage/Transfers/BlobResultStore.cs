using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Transfers;
using PoseFunctions.Storage.Blobs;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.Transfers;

/// <summary>Results as blobs <c>{tenant}/{digest}/{target}.{ext}</c>.</summary>
internal sealed class BlobResultStore(BlobContainerClient container) : IResultStore
{
    public async Task<long> WriteOnceAsync(
        JobId job, int target, ImageFormat format, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var blob = BlobOf(job, target, format);
        var options = new BlobUploadOptions
        {
            Conditions = ConditionalWrites.IfAbsent,
            HttpHeaders = new() { ContentType = format.MediaType() },
        };
        var written = await blob.UploadAsync(BinaryData.FromBytes(content), options, cancellationToken)
            .OrNullAsync(StorageFailures.IsConditionNotMet).ConfigureAwait(false);
        if (written is not null)
        {
            return content.Length;
        }

        var there = await blob.GetPropertiesAsync(cancellationToken: cancellationToken)
            .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false);
        return there?.Value.ContentLength
            ?? throw new InfrastructureException($"Result {target} of job {job} was deleted while it was written.", isTransient: true);
    }

    public async Task<Stream?> OpenAsync(JobId job, int target, ImageFormat format, CancellationToken cancellationToken)
    {
        var found = await BlobOf(job, target, format).DownloadStreamingAsync(cancellationToken: cancellationToken)
            .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false);
        return found is null ? null : new StorageReadStream(found.Value.Content, found.Value.Details.ContentLength);
    }

    public async Task DeleteAllAsync(JobId job, CancellationToken cancellationToken)
    {
        var listing = container.GetBlobsAsync(prefix: Folder(job), cancellationToken: cancellationToken).OrFail();
        await foreach (var blob in listing.ConfigureAwait(false))
        {
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken)
                .OrFailAsync().ConfigureAwait(false);
        }
    }

    private static string Folder(JobId job) => $"{job.Tenant}/{job.Digest}/";

    private BlobClient BlobOf(JobId job, int target, ImageFormat format) =>
        container.GetBlobClient($"{Folder(job)}{target}.{format.Extension()}");
}
