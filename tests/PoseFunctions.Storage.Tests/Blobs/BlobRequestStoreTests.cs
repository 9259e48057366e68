using Azure.Storage.Blobs;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Requests;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Storage.Transfers;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.Storage.Tests.Blobs;

public sealed class BlobRequestStoreTests(AzuriteFixture azurite) : RequestStoreContract, IAsyncLifetime
{
    private BlobContainerClient container = null!;

    protected override IRequestStore Store => new BlobRequestStore(container);

    public async ValueTask InitializeAsync() => container = await StorageUnderTest.Clients(azurite).NewContainerAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task FindAsync_KeyThatLeadsElsewhere_IsRejected() =>
        await Assert.ThrowsAsync<RejectedException>(() => Store.FindAsync(Tenant.Default, "../../jobs/default/x", Cancellation));
}
