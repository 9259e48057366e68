namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>Delivers blob events by hand, as often and in whatever order the caller likes.</summary>
public interface IBlobTriggers
{
    /// <summary>Runs a blob function once for a blob, whatever ran for it before. Nothing is retried and no receipt is written.</summary>
    /// <param name="functionName">Name of the function.</param>
    /// <param name="blobName">Name of the blob within the function's container.</param>
    /// <param name="cancellationToken">The function's token.</param>
    /// <exception cref="ArgumentException">There is no such function, or its pattern does not match the name.</exception>
    /// <remarks>Whatever the function throws comes out unchanged.</remarks>
    Task InvokeAsync(string functionName, string blobName, CancellationToken cancellationToken);
}
