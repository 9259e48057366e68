using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PoseFunctions.Storage.Telemetry;

namespace PoseFunctions.Storage.Connection;

/// <summary>Registers the one blob client and the one queue client of the process; every store shares their connections.</summary>
internal static class StorageClients
{
    /// <summary>Clients of the account that <see cref="PhotosConnection"/> names.</summary>
    public static IServiceCollection AddStorageClients(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, ValidateStorageOptions>();
        services.AddOptions<PhotosConnection>().Configure(connection => connection.Read(configuration)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PhotosConnection>, ValidatePhotosConnection>();
        services.AddAzureClients(clients =>
        {
            clients.AddClient<BlobServiceClient, BlobClientOptions>((options, provider) => Photos(provider) is { BlobServiceUri: { } address }
                    ? new(address, Identity(provider, configuration), options)
                    : new(Photos(provider).ConnectionString, options))
                .ConfigureOptions((options, provider) =>
                {
                    options.TrimBlobNameSlashes = false;
                    Configure(options, provider, StorageOperations.OfBlobs);
                });
            clients.AddClient<QueueServiceClient, QueueClientOptions>((options, provider) => Photos(provider) is { QueueServiceUri: { } address }
                    ? new(address, Identity(provider, configuration), options)
                    : new(Photos(provider).ConnectionString, options))
                .ConfigureOptions((options, provider) =>
                {
                    // What the Functions host expects to find in a queue.
                    options.MessageEncoding = QueueMessageEncoding.Base64;
                    Configure(options, provider, StorageOperations.OfQueues);
                });
        });
        return services;
    }

    private static PhotosConnection Photos(IServiceProvider provider) => provider.GetRequiredService<IOptions<PhotosConnection>>().Value;

    /// <summary>The identity that the section names, such as a managed one of a client id; otherwise that of the process.</summary>
    private static TokenCredential Identity(IServiceProvider provider, IConfiguration configuration) => provider
        .GetRequiredService<AzureComponentFactory>().CreateTokenCredential(configuration.GetSection(PhotosConnection.Setting));

    private static void Configure(ClientOptions client, IServiceProvider provider, StorageOperations names)
    {
        var settings = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = settings.MaxRetries;
        client.Retry.Delay = TimeSpan.FromMilliseconds(200);
        client.Retry.MaxDelay = TimeSpan.FromSeconds(3);
        client.Retry.NetworkTimeout = settings.NetworkTimeout;

        // The factories hand the library's events to our log, and every answer 404 or 412 that is expected here would be a warning.
        client.Diagnostics.IsLoggingEnabled = false;
        client.AddPolicy(new CountingPolicy(names), HttpPipelinePosition.PerRetry);
    }
}
