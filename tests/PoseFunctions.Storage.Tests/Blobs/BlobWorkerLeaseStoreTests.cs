using Azure.Storage.Blobs;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Storage.Jobs;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Telemetry;

namespace PoseFunctions.Storage.Tests.Blobs;

public sealed class BlobWorkerLeaseStoreTests(AzuriteFixture azurite) : WorkerLeaseStoreContract, IAsyncLifetime
{
    private BlobContainerClient container = null!;

    protected override IWorkerLeaseStore Store => new BlobWorkerLeaseStore(container);

    public async ValueTask InitializeAsync() => container = await StorageUnderTest.Clients(azurite).NewContainerAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task EveryCall_InTheUsualCase_IsOneRequest()
    {
        using var probe = new StorageOperationProbe();
        var lease = NewLease();

        await Store.CreateAsync(lease, Cancellation);
        await Store.RenewAsync(lease, Cancellation);
        await Store.FindAsync(lease.Id, Cancellation);
        await Store.ListAsync(Cancellation);
        await Store.RemoveAsync(lease.Id, Cancellation);

        Assert.Equal(["blob.put", "blob.put", "blob.head", "blob.list", "blob.delete"], probe.Operations);
    }
}
