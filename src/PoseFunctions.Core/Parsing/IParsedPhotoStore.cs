namespace PoseFunctions.Core.Parsing;

/// <summary>Keeps parsed photos.</summary>
public interface IParsedPhotoStore
{
    /// <summary>The parsed photo; null when this picture was not parsed by these models yet.</summary>
    Task<ParsedPhoto?> FindAsync(ParsedPhotoKey key, CancellationToken cancellationToken);

    /// <summary>Keeps a parsed photo. Writing the same key again changes nothing.</summary>
    Task WriteAsync(ParsedPhotoKey key, ParsedPhoto photo, CancellationToken cancellationToken);

    /// <summary>Deletes a parsed photo. No error when it is gone.</summary>
    Task DeleteAsync(ParsedPhotoKey key, CancellationToken cancellationToken);
}
