using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Storage.Blobs;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.Jobs;

/// <summary>
/// Job records as JSON blobs <c>{tenant}/{digest}.json</c>. What listings tell is repeated in the blob's metadata, written in
/// the same request, so that a page of jobs costs one request.
/// </summary>
internal sealed partial class BlobJobStore(BlobContainerClient container, ILogger<BlobJobStore> logger) : IJobStore
{
    private const int LargestPage = 5000;

    public async Task<StoredJob?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        var found = await BlobOf(id).DownloadContentAsync(cancellationToken)
            .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false);
        return found is null ? null : Read(id, found.Value);
    }

    public async Task<StoredJob?> FindChangedAsync(JobId id, string knownVersion, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions { Conditions = new() { IfNoneMatch = new ETag(knownVersion) } };
        var found = await BlobOf(id).DownloadContentAsync(options, cancellationToken)
            .OrNullAsync(StorageFailures.IsMissing).ConfigureAwait(false) ?? throw new JobConflictException(id);

        // "Not modified" comes as a response without a value.
        return found.HasValue ? Read(id, found.Value) : null;
    }

    public async Task<StoredJob?> TryCreateAsync(JobRecord record, CancellationToken cancellationToken)
    {
        var version = await WriteAsync(record, ConditionalWrites.IfAbsent, cancellationToken).ConfigureAwait(false);
        return version is null ? null : new(record, version);
    }

    public async Task<StoredJob> ReplaceAsync(StoredJob current, JobRecord next, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(next.Id, current.Record.Id);
        current.Record.RequireKnownSchema();
        var version = await WriteAsync(next, ConditionalWrites.IfVersion(current.Version), cancellationToken).ConfigureAwait(false)
            ?? throw new JobConflictException(next.Id);
        return new(next, version);
    }

    public async Task<JobPage> ListAsync(Tenant? tenant, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        var listing = container.GetBlobsAsync(
            BlobTraits.Metadata, BlobStates.None, tenant is { } one ? $"{one}/" : null, cancellationToken);
        var pages = listing.AsPages(continuation, Math.Min(pageSize, LargestPage)).GetAsyncEnumerator(cancellationToken);
        await using (pages.ConfigureAwait(false))
        {
            try
            {
                if (!await pages.MoveNextAsync().AsTask().OrFailAsync().ConfigureAwait(false))
                {
                    return new([], null);
                }
            }
            catch (InfrastructureException exception) when (continuation is not null && StorageFailures.IsInputRefused(exception))
            {
                throw new RejectedException(FailureCodes.RequestInvalid, "The request is not valid: there is no page with this continuation.");
            }

            var jobs = new List<JobSummary>(pages.Current.Values.Count);
            foreach (var blob in pages.Current.Values)
            {
                if (await SummariseAsync(blob, cancellationToken).ConfigureAwait(false) is { } job)
                {
                    jobs.Add(job);
                }
            }

            return new(jobs, string.IsNullOrEmpty(pages.Current.ContinuationToken) ? null : pages.Current.ContinuationToken);
        }
    }

    public async Task DeleteAsync(StoredJob current, CancellationToken cancellationToken)
    {
        current.Record.RequireKnownSchema();
        var blob = BlobOf(current.Record.Id);
        var deleted = await blob
            .DeleteIfExistsAsync(conditions: ConditionalWrites.IfVersion(current.Version), cancellationToken: cancellationToken)
            .OrNullAsync(StorageFailures.IsConditionNotMet).ConfigureAwait(false);

        // A record that is gone already does not meet the condition either, and is no conflict.
        if (deleted is null && await blob.ExistsAsync(cancellationToken).OrFailAsync().ConfigureAwait(false))
        {
            throw new JobConflictException(current.Record.Id);
        }
    }

    private static StoredJob Read(JobId id, BlobDownloadResult blob)
    {
        try
        {
            var record = JsonSerializer.Deserialize(blob.Content.ToMemory().Span, CoreJsonContext.Default.JobRecord);
            return new(record ?? throw new JsonException("null is no record"), blob.Details.ETag.Version());
        }
        catch (JsonException exception)
        {
            throw new InfrastructureException($"The record of job {id} cannot be read.", isTransient: false, exception);
        }
    }

    private Task<string?> WriteAsync(JobRecord record, BlobRequestConditions condition, CancellationToken cancellationToken)
    {
        var json = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(record, CoreJsonContext.Default.JobRecord));
        return BlobOf(record.Id).TryWriteAsync(json, condition, JobBlobs.MetadataOf(record), cancellationToken);
    }

    /// <summary>A record without usable metadata, such as one copied by hand, is read; a strange blob is left out.</summary>
    private async Task<JobSummary?> SummariseAsync(BlobItem blob, CancellationToken cancellationToken)
    {
        if (!JobBlobs.TryParseName(blob.Name, out var id))
        {
            Log.StrangeBlob(logger, blob.Name);
            return null;
        }

        if (JobBlobs.Summarise(id, blob.Metadata) is { } summary)
        {
            return summary;
        }

        try
        {
            return (await FindAsync(id, cancellationToken).ConfigureAwait(false))?.Record is { } record
                ? JobBlobs.Summarise(record)
                : null;
        }
        catch (InfrastructureException exception) when (!exception.IsTransient)
        {
            // One damaged record must not hide all others from the watchdog and the operator.
            Log.UnreadableRecord(logger, exception, id);
            return null;
        }
    }

    private BlobClient BlobOf(JobId id) => container.GetBlobClient(JobBlobs.NameOf(id));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The jobs container holds a blob that is no job record: {Blob}.")]
        public static partial void StrangeBlob(ILogger logger, string blob);

        [LoggerMessage(LogLevel.Error, "The record of job {JobId} cannot be read and is left out of the listing.")]
        public static partial void UnreadableRecord(ILogger logger, Exception exception, JobId jobId);
    }
}
