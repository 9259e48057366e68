using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Storage.Connection;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.Storage.Tests;

/// <summary>Clients as the product makes them, with containers and queues that nobody else has.</summary>
internal sealed record StorageUnderTest(BlobServiceClient Blobs, QueueServiceClient Queues)
{
    /// <summary>Clients of the emulator.</summary>
    public static StorageUnderTest Clients(AzuriteFixture azurite) => Clients(("Photos", azurite.ConnectionString));

    /// <summary>Clients of the account that these settings name.</summary>
    public static StorageUnderTest Clients(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection().AddLogging().AddStorageClients(Configuration(settings)).BuildServiceProvider();
        return new(services.GetRequiredService<BlobServiceClient>(), services.GetRequiredService<QueueServiceClient>());
    }

    public static IConfiguration Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
        .Build();

    public async Task<BlobContainerClient> NewContainerAsync()
    {
        var container = Blobs.GetBlobContainerClient(AzuriteFixture.NewContainerName());
        await container.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        return container;
    }

    public async Task<QueueClient> NewQueueAsync()
    {
        var queue = Queues.GetQueueClient(AzuriteFixture.NewQueueName());
        await queue.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        return queue;
    }
}
