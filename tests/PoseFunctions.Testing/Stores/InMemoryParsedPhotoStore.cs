using System.Collections.Concurrent;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Parsing;

namespace PoseFunctions.Testing.Stores;

/// <summary>Parsed photos in memory.</summary>
public sealed class InMemoryParsedPhotoStore : IParsedPhotoStore
{
    private readonly ConcurrentDictionary<ParsedPhotoKey, ParsedPhoto> photos = [];

    /// <summary>How many parsed photos are kept.</summary>
    public int Count => photos.Count;

    public Task<ParsedPhoto?> FindAsync(ParsedPhotoKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(photos.GetValueOrDefault(key));
    }

    public Task WriteAsync(ParsedPhotoKey key, ParsedPhoto photo, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        photos.TryAdd(key, photo);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(Tenant tenant, string pixelHash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var key in photos.Keys.Where(key => key.Tenant == tenant && key.PixelHash == pixelHash))
        {
            photos.TryRemove(key, out _);
        }

        return Task.CompletedTask;
    }
}
