using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;

namespace PoseFunctions.Testing.Stores;

/// <summary>Photos in memory, stamped with the time of <paramref name="clock"/>.</summary>
public sealed class InMemoryPhotoStore(TimeProvider clock) : IPhotoStore
{
    private readonly ConcurrentDictionary<(PhotoContainer Container, string Tenant, string Name), Photo> photos = [];
    private long lastVersion;

    public Task<UploadedPhoto?> OpenAsync(
        PhotoContainer container, string tenant, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PhotoNames.Check(tenant, name);
        return Task.FromResult(photos.GetValueOrDefault((container, tenant, name))?.Open());
    }

    public async Task<string> WriteAsync(
        PhotoContainer container,
        Tenant tenant,
        string name,
        Stream content,
        IReadOnlyDictionary<string, string> metadata,
        CancellationToken cancellationToken)
    {
        PhotoNames.Check(tenant.ToString(), name);
        PhotoMetadata.Check(metadata);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return Add(container, tenant.ToString(), name, bytes.ToArray(), metadata);
    }

    /// <summary>Puts a photo there as a storage tool would: under any tenant name, allowed or not.</summary>
    /// <returns>Its version.</returns>
    public string Add(
        PhotoContainer container, string tenant, string name, byte[] content, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var version = Interlocked.Increment(ref lastVersion).ToString(CultureInfo.InvariantCulture);
        var keys = new Dictionary<string, string>(metadata ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);
        photos[(container, tenant, name)] = new(version, clock.GetUtcNow(), keys, content);
        return version;
    }

    public Task<Uri> CreateUploadUrlAsync(
        PhotoContainer container, Tenant tenant, string name, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PhotoNames.Check(tenant.ToString(), name);
        return Task.FromResult(new Uri($"memory://{container}/{tenant}/{Uri.EscapeDataString(name)}?until={expiresAt.UtcTicks}"));
    }

    public async IAsyncEnumerable<UploadSummary> ListUploadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (key, photo) in photos.Where(photo => photo.Key.Container == PhotoContainer.Uploads))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return new(key.Tenant, key.Name, photo.Version, photo.CreatedAt, photo.Metadata);
        }
    }

    public Task DeleteAsync(
        PhotoContainer container, string tenant, string name, string? etag, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = (container, tenant, name);
        if (PhotoNames.FindProblem(tenant, name) is not null)
        {
            return photos.ContainsKey(key)
                ? throw new RejectedException(FailureCodes.JobStateConflict, "The photo's name cannot be part of a URL.")
                : Task.CompletedTask;
        }

        if (photos.TryGetValue(key, out var photo) && (etag is null || etag == photo.Version))
        {
            photos.TryRemove(KeyValuePair.Create(key, photo));
        }

        return Task.CompletedTask;
    }

    public Task DeleteFolderAsync(PhotoContainer container, Tenant tenant, string folder, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var key in photos.Keys.Where(key =>
            key.Container == container && key.Tenant == tenant.ToString() && key.Name.StartsWith($"{folder}/", StringComparison.Ordinal)))
        {
            photos.TryRemove(key, out _);
        }

        return Task.CompletedTask;
    }

    private sealed class Photo(
        string version, DateTimeOffset createdAt, IReadOnlyDictionary<string, string> metadata, byte[] content)
    {
        public string Version => version;

        public DateTimeOffset CreatedAt => createdAt;

        public IReadOnlyDictionary<string, string> Metadata => metadata;

        public UploadedPhoto Open() => new(version, content.Length, createdAt, metadata, new MemoryStream(content, writable: false));
    }
}
