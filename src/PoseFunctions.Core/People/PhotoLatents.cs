using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.People;

/// <summary>
/// The latents of photos, kept beside what was parsed: however many targets and jobs a photo has, an encoder describes it once.
/// </summary>
public sealed class PhotoLatents(IParsedPhotoStore store, RecentWork recent)
{
    /// <summary>The latents of a photo, made by <paramref name="encode"/> only where they are not known yet.</summary>
    public async Task<float[]> GetAsync(
        ParsedPhotoKey photo, ILatentEncoder encoder, Func<CancellationToken, Task<float[]>> encode, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(encode);
        var key = new LatentKey(photo, encoder.Hash);
        var known = recent.Find(key) ?? await store.FindLatentsAsync(key, cancellationToken);
        if (known?.Length != encoder.Length)
        {
            known = await encode(cancellationToken);
            await store.WriteLatentsAsync(key, known, cancellationToken);
        }

        recent.Remember(key, known);
        return known;
    }
}
