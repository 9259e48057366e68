using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Running;

/// <summary>
/// What this process has just read or written, so that the stage that follows in the same process need not read it again.
/// A record from here may be outdated; the condition of the next write notices.
/// </summary>
public sealed class RecentWork : IDisposable
{
    private const int Entries = 256;

    // The next stage follows within seconds; photos that were erased elsewhere must not stay in memory.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of all remembered files together; what does not fit is read again.</summary>
    private const long FileBytes = 64_000_000;

    private readonly MemoryCache files = new(new MemoryCacheOptions { SizeLimit = FileBytes });
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = Entries });

    /// <summary>Remembers a record.</summary>
    public void Remember(StoredJob job) => Set(job.Record.Id, job);

    /// <summary>Remembers a parsed photo.</summary>
    public void Remember(ParsedPhotoKey key, ParsedPhoto photo) => Remember(key, memory => memory.Parsed[key] = photo);

    /// <summary>Remembers the latents of a photo.</summary>
    public void Remember(LatentKey key, float[] latents) => Remember(key.Photo, memory => memory.Latents[key] = latents);

    /// <summary>Remembers the file of a photo, where there is room: results show its own pixels, so the next stage reads it again.</summary>
    public void RememberFile(ParsedPhotoKey key, byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        files.Set((key.Tenant, key.PixelHash), file, new MemoryCacheEntryOptions { Size = file.Length, AbsoluteExpirationRelativeToNow = Lifetime });
    }

    /// <summary>A remembered file of a photo with these pixels; null when there is none.</summary>
    public byte[]? FindFile(ParsedPhotoKey key) => files.Get<byte[]>((key.Tenant, key.PixelHash));

    /// <summary>Takes a remembered record out; null when there is none.</summary>
    public StoredJob? Take(JobId id)
    {
        var job = cache.Get<StoredJob>(id);
        cache.Remove(id);
        return job;
    }

    /// <summary>A remembered parsed photo; null when there is none.</summary>
    public ParsedPhoto? Find(ParsedPhotoKey key) => Of(key.Tenant, key.PixelHash)?.Parsed.GetValueOrDefault(key);

    /// <summary>Remembered latents of a photo; null when there are none.</summary>
    public float[]? Find(LatentKey key) => Of(key.Photo.Tenant, key.Photo.PixelHash)?.Latents.GetValueOrDefault(key);

    /// <summary>Forgets all that was made of a photo, whoever of the people in it was meant.</summary>
    public void Forget(Tenant tenant, string pixelHash)
    {
        cache.Remove((tenant, pixelHash));
        files.Remove((tenant, pixelHash));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cache.Dispose();
        files.Dispose();
    }

    private PhotoMemory? Of(Tenant tenant, string pixelHash) => cache.Get<PhotoMemory>((tenant, pixelHash));

    private void Remember(ParsedPhotoKey key, Action<PhotoMemory> add)
    {
        // All of a photo is one entry, so that it is forgotten together.
        var memory = Of(key.Tenant, key.PixelHash) ?? new();
        add(memory);
        Set((key.Tenant, key.PixelHash), memory);
    }

    private void Set<TKey, TValue>(TKey key, TValue value)
        where TKey : notnull => cache.Set(key, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });

    private sealed record PhotoMemory
    {
        public ConcurrentDictionary<ParsedPhotoKey, ParsedPhoto> Parsed { get; } = [];

        public ConcurrentDictionary<LatentKey, float[]> Latents { get; } = [];
    }
}
