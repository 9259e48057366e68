using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Options;
using PoseFunctions.Storage.Telemetry;

namespace PoseFunctions.Storage;

/// <summary>The one blob client and the one queue client of the process; every store shares their connections.</summary>
internal sealed class StorageClients
{
    public StorageClients(IOptions<StorageOptions> options)
    {
        var settings = options.Value;
        var blobOptions = Configure(new BlobClientOptions { TrimBlobNameSlashes = false }, settings, StorageOperations.OfBlobs);

        // What the Functions host expects to find in a queue.
        var queueOptions = Configure(
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }, settings, StorageOperations.OfQueues);
        if (settings.BlobServiceUri is null)
        {
            Blobs = new(settings.ConnectionString, blobOptions);
            Queues = new(settings.ConnectionString, queueOptions);
        }
        else
        {
            var credential = new DefaultAzureCredential();
            Blobs = new(settings.BlobServiceUri, credential, blobOptions);
            Queues = new(settings.QueueServiceUri, credential, queueOptions);
        }
    }

    public BlobServiceClient Blobs { get; }

    public QueueServiceClient Queues { get; }

    private static T Configure<T>(T client, StorageOptions settings, StorageOperations names)
        where T : ClientOptions
    {
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = settings.MaxRetries;
        client.Retry.Delay = TimeSpan.FromMilliseconds(200);
        client.Retry.MaxDelay = TimeSpan.FromSeconds(3);
        client.Retry.NetworkTimeout = settings.NetworkTimeout;
        client.AddPolicy(new CountingPolicy(names), HttpPipelinePosition.PerRetry);
        return client;
    }
}
