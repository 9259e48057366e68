using System.ComponentModel.DataAnnotations;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace PoseFunctions.Storage.Connection;

/// <summary>
/// The connection setting <c>Photos</c>: a connection string, or the addresses of two services with an identity. The triggers
/// name it too and the Functions host reads it for them, so it has the shape that the host expects. Validated at start.
/// </summary>
internal sealed class PhotosConnection : IValidatableObject
{
    /// <summary>Name of the setting, and of the section below it.</summary>
    public const string Setting = "Photos";

    // The host looks for these first, and would then run the triggers on another account than the one that the app writes to.
    private static readonly string[] Shadows = [$"AzureWebJobs{Setting}", $"ConnectionStrings:AzureWebJobs{Setting}", $"ConnectionStrings:{Setting}"];

    /// <summary>A connection string with an account key; null to sign in with an identity.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Blob service, such as <c>https://account.blob.core.windows.net</c>; null with a connection string.</summary>
    public Uri? BlobServiceUri { get; set; }

    /// <summary>Queue service, such as <c>https://account.queue.core.windows.net</c>; null with a connection string.</summary>
    public Uri? QueueServiceUri { get; set; }

    /// <summary>A setting that the host would read instead; null for none.</summary>
    public string? Shadow { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FindProblem() is { } problem)
        {
            yield return new(problem);
        }
    }

    /// <summary>Takes what the settings say.</summary>
    public void Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        section.Bind(this);
        ConnectionString = string.IsNullOrWhiteSpace(section.Value) ? null : section.Value;
        Shadow = Shadows.FirstOrDefault(name => configuration.GetSection(name).Exists());
    }

    private string? FindProblem() => this switch
    {
        { Shadow: { } other } => $"Remove the setting {other.Replace(":", "__", StringComparison.Ordinal)}: the Functions host would read it instead of {Setting}.",
        { ConnectionString: null, BlobServiceUri: null, QueueServiceUri: null } =>
            $"Set {Setting} to the connection string of a storage account, or {Setting}__blobServiceUri and {Setting}__queueServiceUri to its addresses.",
        { ConnectionString: { } text, BlobServiceUri: null, QueueServiceUri: null } =>
            IsReadable(text) ? null : $"{Setting} is no connection string of a storage account.",
        { ConnectionString: not null } => $"Set either {Setting} or its two service addresses, not both.",
        { BlobServiceUri: null } or { QueueServiceUri: null } => $"Set both {Setting}__blobServiceUri and {Setting}__queueServiceUri.",
        { BlobServiceUri.IsAbsoluteUri: true, QueueServiceUri.IsAbsoluteUri: true } => null,
        _ => $"{Setting}__blobServiceUri and {Setting}__queueServiceUri are absolute addresses.",
    };

    private static bool IsReadable(string connectionString)
    {
        try
        {
            return new BlobServiceClient(connectionString).Uri is not null && new QueueServiceClient(connectionString).Uri is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
