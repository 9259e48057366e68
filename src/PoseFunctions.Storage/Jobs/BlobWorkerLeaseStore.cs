using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.Photos;
using PoseFunctions.Storage.Blobs;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.Jobs;

/// <summary>
/// Worker leases as empty blobs that carry the lease as JSON in their metadata: so one listing tells all of them. A blob
/// without one is no lease, and must not hide the others from the watchdog.
/// </summary>
internal sealed partial class BlobWorkerLeaseStore(BlobContainerClient container, ILogger<BlobWorkerLeaseStore> logger) : IWorkerLeaseStore
{
    private const string LeaseKey = "lease";

    public async Task CreateAsync(WorkerLease lease, CancellationToken cancellationToken)
    {
        if (!await TryWriteAsync(lease, ConditionalWrites.IfAbsent, cancellationToken).ConfigureAwait(false))
        {
            throw new InvalidOperationException($"There is a worker lease {lease.Id} already.");
        }
    }

    public Task<bool> RenewAsync(WorkerLease lease, CancellationToken cancellationToken) =>
        TryWriteAsync(lease, ConditionalWrites.IfPresent, cancellationToken);

    public async Task<WorkerLease?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await BlobOf(id).GetPropertiesAsync(cancellationToken: cancellationToken)
            .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false);
        return found is null ? null : Read(id, found.Value.Metadata);
    }

    public async Task<IReadOnlyList<WorkerLease>> ListAsync(CancellationToken cancellationToken)
    {
        var leases = new List<WorkerLease>();
        var listing = container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken).OrFail();
        await foreach (var blob in listing.ConfigureAwait(false))
        {
            if (Read(blob.Name, blob.Metadata) is { } lease)
            {
                leases.Add(lease);
            }
        }

        return leases;
    }

    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        BlobOf(id).DeleteIfExistsAsync(cancellationToken: cancellationToken).OrFailAsync();

    private WorkerLease? Read(string id, IDictionary<string, string> metadata)
    {
        try
        {
            return metadata.TryGetValue(LeaseKey, out var json)
                && JsonSerializer.Deserialize(json, CoreJsonContext.Default.WorkerLease) is { } lease
                    ? lease
                    : throw new JsonException("it has none");
        }
        catch (JsonException exception)
        {
            Log.Unreadable(logger, exception, id);
            return null;
        }
    }

    private async Task<bool> TryWriteAsync(
        WorkerLease lease, BlobRequestConditions condition, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string>
        {
            [LeaseKey] = JsonSerializer.Serialize(lease, CoreJsonContext.Default.WorkerLease),
        };
        return await BlobOf(lease.Id)
            .TryWriteAsync(BinaryData.FromBytes([]), condition, metadata, cancellationToken).ConfigureAwait(false) is not null;
    }

    private BlobClient BlobOf(string id) => container.GetBlobClient(PhotoNames.Check(tenant: "", id));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The workers container holds a blob that is no lease: {Blob}.")]
        public static partial void Unreadable(ILogger logger, Exception exception, string blob);
    }
}
