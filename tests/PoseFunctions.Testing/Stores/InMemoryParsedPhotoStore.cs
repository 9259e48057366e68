using System.Collections.Concurrent;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;

namespace PoseFunctions.Testing.Stores;

/// <summary>Parsed photos in memory.</summary>
public sealed class InMemoryParsedPhotoStore : IParsedPhotoStore
{
    private readonly ConcurrentDictionary<ParsedPhotoKey, ParsedPhoto> photos = [];
    private readonly ConcurrentDictionary<LatentKey, float[]> latents = [];

    /// <summary>How many parsed photos are kept.</summary>
    public int Count => photos.Count;

    /// <summary>Of how many photos and encoders latents are kept.</summary>
    public int LatentCount => latents.Count;

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

    public Task<float[]?> FindLatentsAsync(LatentKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(latents.GetValueOrDefault(key));
    }

    public Task WriteLatentsAsync(LatentKey key, float[] latents, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        this.latents.TryAdd(key, [.. latents]);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(Tenant tenant, string pixelHash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var key in photos.Keys.Where(key => key.Tenant == tenant && key.PixelHash == pixelHash))
        {
            photos.TryRemove(key, out _);
        }

        foreach (var key in latents.Keys.Where(key => key.Photo.Tenant == tenant && key.Photo.PixelHash == pixelHash))
        {
            latents.TryRemove(key, out _);
        }

        return Task.CompletedTask;
    }
}
