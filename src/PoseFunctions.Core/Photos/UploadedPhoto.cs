namespace PoseFunctions.Core.Photos;

/// <summary>
/// An uploaded photo, opened: its properties are known, its bytes not read yet. Dispose it to give up the connection.
/// </summary>
/// <param name="ETag">Version of the blob, without quotes.</param>
/// <param name="Length">Bytes, known before any is read.</param>
/// <param name="CreatedAt">When the blob was written.</param>
/// <param name="Metadata">The blob's metadata, keys compared without case.</param>
/// <param name="Content">The bytes.</param>
public sealed record UploadedPhoto(
    string ETag, long Length, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, string> Metadata, Stream Content) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
