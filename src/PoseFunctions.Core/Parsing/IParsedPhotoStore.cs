using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.Parsing;

/// <summary>Keeps parsed photos.</summary>
public interface IParsedPhotoStore
{
    /// <summary>The parsed photo; null when this picture was not parsed by these models yet.</summary>
    Task<ParsedPhoto?> FindAsync(ParsedPhotoKey key, CancellationToken cancellationToken);

    /// <summary>Keeps a parsed photo. Writing the same key again changes nothing.</summary>
    Task WriteAsync(ParsedPhotoKey key, ParsedPhoto photo, CancellationToken cancellationToken);

    /// <summary>Deletes what any parser found in a photo. No error when there is nothing.</summary>
    Task DeleteAsync(Tenant tenant, string pixelHash, CancellationToken cancellationToken);
}
