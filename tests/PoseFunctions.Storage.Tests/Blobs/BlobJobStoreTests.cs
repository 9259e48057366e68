using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Storage.Jobs;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.Storage.Tests.Blobs;

public sealed class BlobJobStoreTests(AzuriteFixture azurite) : JobStoreContract, IAsyncLifetime
{
    private BlobContainerClient container = null!;

    protected override IJobStore Store => new BlobJobStore(container, NullLogger<BlobJobStore>.Instance);

    public async ValueTask InitializeAsync() => container = await StorageUnderTest.Clients(azurite).NewContainerAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
