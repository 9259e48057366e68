using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Options;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.Storage.Tests;

/// <summary>Clients as the product makes them, on the emulator, with containers and queues that nobody else has.</summary>
internal static class StorageUnderTest
{
    public static StorageClients Clients(AzuriteFixture azurite) =>
        new(Options.Create(new StorageOptions { ConnectionString = azurite.ConnectionString }));

    public static async Task<BlobContainerClient> NewContainerAsync(this StorageClients clients)
    {
        var container = clients.Blobs.GetBlobContainerClient(AzuriteFixture.NewContainerName());
        await container.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        return container;
    }

    public static async Task<QueueClient> NewQueueAsync(this StorageClients clients)
    {
        var queue = clients.Queues.GetQueueClient(AzuriteFixture.NewQueueName());
        await queue.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        return queue;
    }
}
