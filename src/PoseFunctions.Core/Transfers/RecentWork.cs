using Microsoft.Extensions.Caching.Memory;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Parsing;

namespace PoseFunctions.Core.Transfers;

/// <summary>
/// What this process has just read or written, so that the stage that follows in the same process need not read it again.
/// A record from here may be outdated; the condition of the next write notices.
/// </summary>
public sealed class RecentWork : IDisposable
{
    private const int Entries = 256;

    // The next stage follows within seconds; photos that were erased elsewhere must not stay in memory.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = Entries });

    /// <summary>Remembers a record.</summary>
    public void Remember(StoredJob job) => Set(job.Record.Id, job);

    /// <summary>Remembers a parsed photo.</summary>
    public void Remember(ParsedPhotoKey key, ParsedPhoto photo) => Set(key, photo);

    /// <summary>Takes a remembered record out; null when there is none.</summary>
    public StoredJob? Take(JobId id)
    {
        var job = cache.Get<StoredJob>(id);
        cache.Remove(id);
        return job;
    }

    /// <summary>A remembered parsed photo; null when there is none.</summary>
    public ParsedPhoto? Find(ParsedPhotoKey key) => cache.Get<ParsedPhoto>(key);

    /// <summary>Forgets a parsed photo.</summary>
    public void Forget(ParsedPhotoKey key) => cache.Remove(key);

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private void Set<TKey, TValue>(TKey key, TValue value)
        where TKey : notnull => cache.Set(key, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });
}
