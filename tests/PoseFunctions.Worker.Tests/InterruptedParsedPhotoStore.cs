using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;

namespace PoseFunctions.Worker.Tests;

/// <summary>Lets a test look in before and after a parsed photo is stored.</summary>
internal sealed class InterruptedParsedPhotoStore(IParsedPhotoStore inner, Interruption interruption) : IParsedPhotoStore
{
    public Task<ParsedPhoto?> FindAsync(ParsedPhotoKey key, CancellationToken cancellationToken) => inner.FindAsync(key, cancellationToken);

    public async Task WriteAsync(ParsedPhotoKey key, ParsedPhoto photo, CancellationToken cancellationToken)
    {
        await interruption.ReachAsync(Moment.Parsing);
        await inner.WriteAsync(key, photo, cancellationToken);
        await interruption.ReachAsync(Moment.Kept);
    }

    public Task<float[]?> FindLatentsAsync(LatentKey key, CancellationToken cancellationToken) => inner.FindLatentsAsync(key, cancellationToken);

    public Task WriteLatentsAsync(LatentKey key, float[] latents, CancellationToken cancellationToken) =>
        inner.WriteLatentsAsync(key, latents, cancellationToken);

    public Task DeleteAsync(Tenant tenant, string pixelHash, CancellationToken cancellationToken) =>
        inner.DeleteAsync(tenant, pixelHash, cancellationToken);
}
