using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.People;

/// <summary>Keeps parsed photos, and the latents by which encoders describe them.</summary>
public interface IParsedPhotoStore
{
    /// <summary>The parsed photo; null when this picture was not parsed by these models yet.</summary>
    Task<ParsedPhoto?> FindAsync(ParsedPhotoKey key, CancellationToken cancellationToken);

    /// <summary>Keeps a parsed photo. Writing the same key again changes nothing.</summary>
    Task WriteAsync(ParsedPhotoKey key, ParsedPhoto photo, CancellationToken cancellationToken);

    /// <summary>The latents of a photo; null when this encoder has not described it yet.</summary>
    Task<float[]?> FindLatentsAsync(LatentKey key, CancellationToken cancellationToken);

    /// <summary>Keeps the latents of a photo. Writing the same key again changes nothing.</summary>
    Task WriteLatentsAsync(LatentKey key, float[] latents, CancellationToken cancellationToken);

    /// <summary>Deletes what any parser and any encoder found in a photo. No error when there is nothing.</summary>
    Task DeleteAsync(Tenant tenant, string pixelHash, CancellationToken cancellationToken);
}
