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
    private const string Latents = "latents";

    // The next stage follows within seconds; photos that were erased elsewhere must not stay in memory.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = Entries });

    /// <summary>Remembers a record.</summary>
    public void Remember(StoredJob job) => Set(job.Record.Id, job);

    /// <summary>Remembers a parsed photo.</summary>
    public void Remember(ParsedPhotoKey key, ParsedPhoto photo) => Set(key, photo);

    /// <summary>Remembers the latents of a photo.</summary>
    public void Remember(LatentKey key, float[] latents)
    {
        // All of a photo's latents are one entry, so that they are forgotten together.
        var ofPhoto = LatentsOf(key.Photo) ?? new(StringComparer.Ordinal);
        ofPhoto[key.EncoderHash] = latents;
        Set((key.Photo, Latents), ofPhoto);
    }

    /// <summary>Takes a remembered record out; null when there is none.</summary>
    public StoredJob? Take(JobId id)
    {
        var job = cache.Get<StoredJob>(id);
        cache.Remove(id);
        return job;
    }

    /// <summary>A remembered parsed photo; null when there is none.</summary>
    public ParsedPhoto? Find(ParsedPhotoKey key) => cache.Get<ParsedPhoto>(key);

    /// <summary>Remembered latents of a photo; null when there are none.</summary>
    public float[]? Find(LatentKey key) => LatentsOf(key.Photo)?.GetValueOrDefault(key.EncoderHash);

    /// <summary>Forgets a parsed photo and its latents.</summary>
    public void Forget(ParsedPhotoKey key)
    {
        cache.Remove(key);
        cache.Remove((key, Latents));
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private ConcurrentDictionary<string, float[]>? LatentsOf(ParsedPhotoKey photo) =>
        cache.Get<ConcurrentDictionary<string, float[]>>((photo, Latents));

    private void Set<TKey, TValue>(TKey key, TValue value)
        where TKey : notnull => cache.Set(key, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });
}
