using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for new and changed blobs.</summary>
/// <param name="blobPath">Container and name pattern, such as <c>uploads/{tenant}/{name}</c>.</param>
public sealed class BlobTriggerAttribute(string blobPath) : TriggerBindingAttribute
{
    public string BlobPath { get; } = blobPath;

    /// <summary>Name of the setting or section that holds the storage connection.</summary>
    public string? Connection { get; set; }

    public BlobTriggerSource Source { get; set; }
}
