using System.ComponentModel.DataAnnotations;

namespace PoseFunctions.Storage;

/// <summary>
/// Which storage account to use: a connection string, or the addresses of its two services with the identity of the process.
/// Where the section is empty, the account of the triggers (<c>AzureWebJobsStorage</c>) is used, so that one setting is enough.
/// Validated at start.
/// </summary>
public sealed class StorageOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Storage";

    /// <summary>A connection string with an account key; null to sign in with the identity of the process.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Blob service, such as <c>https://account.blob.core.windows.net</c>; null with a connection string.</summary>
    public Uri? BlobServiceUri { get; set; }

    /// <summary>Queue service, such as <c>https://account.queue.core.windows.net</c>; null with a connection string.</summary>
    public Uri? QueueServiceUri { get; set; }

    /// <summary>How often a request is tried again after a transient fault, with growing delays.</summary>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 3;

    /// <summary>How long one try may take without hearing from the service.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan NetworkTimeout { get; set; } = TimeSpan.FromSeconds(30);

    internal bool NamesNoAccount => string.IsNullOrWhiteSpace(ConnectionString) && BlobServiceUri is null && QueueServiceUri is null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var byAddress = BlobServiceUri is not null || QueueServiceUri is not null;
        if (NamesNoAccount)
        {
            yield return new($"Set {SectionName}:ConnectionString, or {SectionName}:BlobServiceUri and {SectionName}:QueueServiceUri.");
        }
        else if (byAddress && !string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return new($"Set either {SectionName}:ConnectionString or the two service addresses, not both.");
        }
        else if (byAddress && (BlobServiceUri is null || QueueServiceUri is null))
        {
            yield return new($"Set both {SectionName}:BlobServiceUri and {SectionName}:QueueServiceUri.");
        }
        else if (byAddress && !(BlobServiceUri!.IsAbsoluteUri && QueueServiceUri!.IsAbsoluteUri))
        {
            yield return new($"{SectionName}:BlobServiceUri and {SectionName}:QueueServiceUri are absolute addresses.");
        }
    }
}
