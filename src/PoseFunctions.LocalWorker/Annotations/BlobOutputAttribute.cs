using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Writes what the function returns to a blob.</summary>
/// <param name="blobPath">Container and name; <c>{token}</c> takes a value of the trigger.</param>
public sealed class BlobOutputAttribute(string blobPath) : OutputBindingAttribute
{
    public string BlobPath { get; } = blobPath;

    /// <summary>Name of the setting or section that holds the storage connection.</summary>
    public string? Connection { get; set; }
}
