using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging.Abstractions;
using PoseFunctions.Core.Leases;
using PoseFunctions.Storage.Jobs;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Telemetry;

namespace PoseFunctions.Storage.Tests.Blobs;

public sealed class BlobWorkerLeaseStoreTests(AzuriteFixture azurite) : WorkerLeaseStoreContract, IAsyncLifetime
{
    private BlobContainerClient container = null!;

    protected override IWorkerLeaseStore Store => new BlobWorkerLeaseStore(container, NullLogger<BlobWorkerLeaseStore>.Instance);

    public async ValueTask InitializeAsync() => container = await StorageUnderTest.Clients(azurite).NewContainerAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(null)]
    [InlineData("no JSON")]
    [InlineData("null")]
    public async Task UnreadableLease_IsLeftOutAndHidesNoOther(string? text)
    {
        var lease = NewLease();
        await Store.CreateAsync(lease, Cancellation);
        var metadata = new Dictionary<string, string>();
        if (text is not null)
        {
            metadata["lease"] = text;
        }

        await container.GetBlobClient("strange").UploadAsync(BinaryData.Empty, new BlobUploadOptions { Metadata = metadata }, Cancellation);

        Assert.Equal([lease], await Store.ListAsync(Cancellation));
        Assert.Null(await Store.FindAsync("strange", Cancellation));
    }

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
