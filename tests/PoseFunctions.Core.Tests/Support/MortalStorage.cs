using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Tests.Support;

/// <summary>One process's view of the storage that all processes share.</summary>
internal sealed class MortalStorage(SharedStorage shared, Mortality mortality)
    : IJobStore, IJobQueue, IResultStore, IParsedPhotoStore, IPhotoStore, IWorkerLeaseStore
{
    public Task<StoredJob?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Jobs.FindAsync(id, cancellationToken));

    public Task<StoredJob?> FindChangedAsync(JobId id, string knownVersion, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Jobs.FindChangedAsync(id, knownVersion, cancellationToken));

    public Task<StoredJob?> TryCreateAsync(JobRecord record, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Jobs.TryCreateAsync(record, cancellationToken));

    public Task<StoredJob> ReplaceAsync(StoredJob current, JobRecord next, CancellationToken cancellationToken) =>
        mortality.CallAsync(async () =>
        {
            // A write that nobody answers may have happened: a claim, at its worst, has.
            var unanswered = mortality.IsStorageAway();
            var stored = unanswered && next.State != JobState.Running ? current : await shared.Jobs.ReplaceAsync(current, next, cancellationToken);
            return unanswered ? throw new InfrastructureException("Storage does not answer.", isTransient: true) : stored;
        });

    public Task<JobPage> ListAsync(Tenant? tenant, int pageSize, string? continuation, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Jobs.ListAsync(tenant, pageSize, continuation, cancellationToken));

    public Task DeleteAsync(StoredJob current, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Jobs.DeleteAsync(current, cancellationToken));

    public Task SendAsync(JobMessage message, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Queue.SendAsync(message, cancellationToken));

    public Task<QueueDepth> MeasureAsync(CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Queue.MeasureAsync(cancellationToken));

    public Task<long> WriteAsync(
        JobId job, long fence, int target, ImageFormat format, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Results.WriteAsync(job, fence, target, format, content, cancellationToken));

    public Task<Stream?> OpenAsync(JobId job, int target, ImageFormat format, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Results.OpenAsync(job, target, format, cancellationToken));

    public Task DeleteAsync(JobId job, long upToFence, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Results.DeleteAsync(job, upToFence, cancellationToken));

    public Task<ParsedPhoto?> FindAsync(ParsedPhotoKey key, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Parsed.FindAsync(key, cancellationToken));

    public Task WriteAsync(ParsedPhotoKey key, ParsedPhoto photo, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Parsed.WriteAsync(key, photo, cancellationToken));

    public Task<float[]?> FindLatentsAsync(LatentKey key, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Parsed.FindLatentsAsync(key, cancellationToken));

    public Task WriteLatentsAsync(LatentKey key, float[] latents, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Parsed.WriteLatentsAsync(key, latents, cancellationToken));

    public Task DeleteAsync(Tenant tenant, string pixelHash, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Parsed.DeleteAsync(tenant, pixelHash, cancellationToken));

    public Task<UploadedPhoto?> OpenAsync(
        PhotoContainer container, string tenant, string name, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Photos.OpenAsync(container, tenant, name, cancellationToken));

    public Task<string> WriteAsync(
        PhotoContainer container,
        Tenant tenant,
        string name,
        Stream content,
        IReadOnlyDictionary<string, string> metadata,
        CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Photos.WriteAsync(container, tenant, name, content, metadata, cancellationToken));

    public Task<Uri> CreateUploadUrlAsync(
        PhotoContainer container, Tenant tenant, string name, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Photos.CreateUploadUrlAsync(container, tenant, name, expiresAt, cancellationToken));

    public IAsyncEnumerable<UploadSummary> ListUploadsAsync(CancellationToken cancellationToken) =>
        shared.Photos.ListUploadsAsync(cancellationToken);

    public Task DeleteAsync(
        PhotoContainer container, string tenant, string name, string? etag, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Photos.DeleteAsync(container, tenant, name, etag, cancellationToken));

    public Task DeleteFolderAsync(PhotoContainer container, Tenant tenant, string folder, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Photos.DeleteFolderAsync(container, tenant, folder, cancellationToken));

    public Task CreateAsync(WorkerLease lease, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Leases.CreateAsync(lease, cancellationToken));

    public Task<bool> RenewAsync(WorkerLease lease, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Leases.RenewAsync(lease, cancellationToken));

    public Task<WorkerLease?> FindAsync(string id, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Leases.FindAsync(id, cancellationToken));

    Task<IReadOnlyList<WorkerLease>> IWorkerLeaseStore.ListAsync(CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Leases.ListAsync(cancellationToken));

    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        mortality.CallAsync(() => shared.Leases.RemoveAsync(id, cancellationToken));
}
