using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Storage.Blobs;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.Transfers;

/// <summary>Results as blobs <c>{tenant}/{digest}/{target}.{ext}</c>, with the number of their claim in the metadata.</summary>
internal sealed class BlobResultStore(BlobContainerClient container) : IResultStore
{
    private const string FenceKey = "fence";

    public async Task<long> WriteAsync(
        JobId job, long fence, int target, ImageFormat format, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var blob = BlobOf(job, target, format);
        var options = new BlobUploadOptions
        {
            Conditions = ConditionalWrites.IfAbsent,
            HttpHeaders = new() { ContentType = format.MediaType() },
            Metadata = new Dictionary<string, string> { [FenceKey] = fence.ToString(CultureInfo.InvariantCulture) },
        };
        while (await blob.UploadAsync(BinaryData.FromBytes(content), options, cancellationToken)
            .OrNullAsync(StorageFailures.IsConditionNotMet).ConfigureAwait(false) is null)
        {
            var there = await blob.GetPropertiesAsync(cancellationToken: cancellationToken)
                .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false)
                ?? throw new InfrastructureException($"Result {target} of job {job} was deleted while it was written.", isTransient: true);
            var other = FenceOf(there.Value.Metadata);
            if (other == fence)
            {
                return there.Value.ContentLength;
            }

            if (other > fence)
            {
                throw new StaleClaimException(job, fence, $"result {target} was written under claim {other}");
            }

            options.Conditions = new() { IfMatch = there.Value.ETag };
        }

        return content.Length;
    }

    public async Task<Stream?> OpenAsync(JobId job, int target, ImageFormat format, CancellationToken cancellationToken)
    {
        var blob = BlobOf(job, target, format);
        var found = await blob.DownloadStreamingAsync(cancellationToken: cancellationToken)
            .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false);
        return found is null
            ? null
            : new RangedReadStream(
                ContentOf(found.Value),
                found.Value.Details.ContentLength,
                (offset, stop) => OpenAtAsync(blob, found.Value.Details.ETag, offset, stop));
    }

    public async Task DeleteAsync(JobId job, long upToFence, CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Traits = BlobTraits.Metadata, Prefix = Folder(job) };
        var listing = container.GetBlobsAsync(options, cancellationToken).OrFail();
        await foreach (var blob in listing.ConfigureAwait(false))
        {
            if (FenceOf(blob.Metadata) <= upToFence)
            {
                // Only this version: a later claim may write in between.
                await container.GetBlobClient(blob.Name)
                    .DeleteIfExistsAsync(conditions: new() { IfMatch = blob.Properties.ETag }, cancellationToken: cancellationToken)
                    .OrNullAsync(StorageFailures.IsConditionNotMet).ConfigureAwait(false);
            }
        }
    }

    private static async Task<Stream> OpenAtAsync(BlobClient blob, ETag version, long offset, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions { Range = new(offset), Conditions = new() { IfMatch = version } };
        var found = await blob.DownloadStreamingAsync(options, cancellationToken)
            .OrNullAsync(StorageFailures.IsConditionNotMet).ConfigureAwait(false)
            ?? throw new InfrastructureException($"{blob.Name} was deleted or replaced while it was read.", isTransient: true);
        return ContentOf(found.Value);
    }

    private static StorageReadStream ContentOf(BlobDownloadStreamingResult found) => new(found.Content, found.Details.ContentLength);

    private static long FenceOf(IDictionary<string, string> metadata) =>
        metadata.TryGetValue(FenceKey, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var fence) ? fence : 0;

    private static string Folder(JobId job) => $"{job.Tenant}/{job.Digest}/";

    private BlobClient BlobOf(JobId job, int target, ImageFormat format) =>
        container.GetBlobClient($"{Folder(job)}{target}.{format.Extension()}");
}
