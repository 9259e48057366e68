using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Transfers;
using PoseFunctions.Storage.Blobs;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.Transfers;

/// <summary>Results as blobs <c>{tenant}/{digest}/{target}.{ext}</c>, with the number of their claim in the metadata.</summary>
internal sealed class BlobResultStore(BlobContainerClient container) : IResultStore
{
    private const string FenceKey = "fence";

    // Most results fit, so that one read follows the look at the blob; ranges of larger ones come piece by piece.
    private const int ReadBufferBytes = 1 << 20;

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
        var options = new BlobOpenReadOptions(allowModifications: false) { BufferSize = ReadBufferBytes };
        var content = await BlobOf(job, target, format).OpenReadAsync(options, cancellationToken)
            .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false);
        return content is null ? null : new StorageReadStream(content, content.Length);
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

    private static long FenceOf(IDictionary<string, string> metadata) =>
        metadata.TryGetValue(FenceKey, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var fence) ? fence : 0;

    private static string Folder(JobId job) => $"{job.Tenant}/{job.Digest}/";

    private BlobClient BlobOf(JobId job, int target, ImageFormat format) =>
        container.GetBlobClient($"{Folder(job)}{target}.{format.Extension()}");
}
