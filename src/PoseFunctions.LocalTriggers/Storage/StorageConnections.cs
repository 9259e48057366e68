using System.Collections.Concurrent;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalTriggers.Configuration;

namespace PoseFunctions.LocalTriggers.Storage;

/// <summary>Storage clients by the name of their connection setting, one of each kind a name.</summary>
internal sealed class StorageConnections(IConfiguration configuration, IOptions<LocalTriggerOptions> options)
{
    /// <summary>The connection of functions that name none, and of the host's own data.</summary>
    public const string DefaultName = "AzureWebJobsStorage";

    private readonly ConcurrentDictionary<string, BlobServiceClient> blobs = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, QueueServiceClient> queues = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="HostConfigurationException">No usable connection of that name is configured.</exception>
    public BlobServiceClient Blobs(string? name) => blobs.GetOrAdd(name ?? DefaultName, key => Connect(
        key,
        "blobServiceUri",
        connection => new BlobServiceClient(connection, WithRetries(new BlobClientOptions())),
        (uri, credential) => new BlobServiceClient(uri, credential, WithRetries(new BlobClientOptions()))));

    /// <summary>Queue clients leave bodies as they are: the engine decodes them, so that it can move those it cannot decode.</summary>
    /// <exception cref="HostConfigurationException">No usable connection of that name is configured.</exception>
    public QueueServiceClient Queues(string? name) => queues.GetOrAdd(name ?? DefaultName, key => Connect(
        key,
        "queueServiceUri",
        connection => new QueueServiceClient(connection, WithRetries(new QueueClientOptions())),
        (uri, credential) => new QueueServiceClient(uri, credential, WithRetries(new QueueClientOptions()))));

    private TClient Connect<TClient>(
        string name, string uriSetting, Func<string, TClient> byConnection, Func<Uri, TokenCredential, TClient> byUri)
    {
        var connection = configuration[name] ?? configuration[$"AzureWebJobs{name}"] ?? configuration.GetConnectionString(name);
        try
        {
            if (!string.IsNullOrWhiteSpace(connection))
            {
                return byConnection(connection);
            }
        }
        catch (FormatException exception)
        {
            throw new HostConfigurationException($"The setting '{name}' is no storage connection string: {exception.Message}", exception);
        }

        if (!Uri.TryCreate(configuration[$"{name}:{uriSetting}"], UriKind.Absolute, out var uri))
        {
            throw new HostConfigurationException(
                $"The storage connection '{name}' is not configured: set {name} to a connection string, or {name}:{uriSetting} to an address.");
        }

        return byUri(uri, options.Value.Credential ?? throw new HostConfigurationException(
            $"{name}:{uriSetting} needs a credential, and the local host was started without one."));
    }

    private static TOptions WithRetries<TOptions>(TOptions clientOptions)
        where TOptions : ClientOptions
    {
        clientOptions.Retry.MaxRetries = 3;
        clientOptions.Retry.Delay = TimeSpan.FromMilliseconds(100);
        clientOptions.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        return clientOptions;
    }
}
