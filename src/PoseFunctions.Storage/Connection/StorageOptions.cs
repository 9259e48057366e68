using System.ComponentModel.DataAnnotations;

namespace PoseFunctions.Storage.Connection;

/// <summary>How patient the app's own requests to storage are. Validated at start.</summary>
public sealed class StorageOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Storage";

    /// <summary>How often a request is tried again after a transient fault, with growing delays.</summary>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 3;

    /// <summary>How long one try may take without hearing from the service.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan NetworkTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
