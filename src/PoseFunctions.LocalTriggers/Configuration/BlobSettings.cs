using System.ComponentModel.DataAnnotations;

namespace PoseFunctions.LocalTriggers.Configuration;

/// <summary><c>extensions.blobs</c>.</summary>
internal sealed record BlobSettings
{
    /// <summary>Blobs handled at once, all functions together.</summary>
    [Range(1, 1024)]
    public int MaxDegreeOfParallelism { get; set; } = 8 * Environment.ProcessorCount;

    /// <summary>Runs a blob gets before it goes to the poison queue.</summary>
    [Range(1, 1000)]
    public int PoisonBlobThreshold { get; set; } = 5;
}
