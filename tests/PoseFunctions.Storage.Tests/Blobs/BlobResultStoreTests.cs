using Azure.Storage.Blobs;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Photos;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Storage.Transfers;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Builders;
using PoseFunctions.Testing.Telemetry;

namespace PoseFunctions.Storage.Tests.Blobs;

public sealed class BlobResultStoreTests(AzuriteFixture azurite) : ResultStoreContract, IAsyncLifetime
{
    private BlobContainerClient container = null!;

    protected override IResultStore Store => new BlobResultStore(container);

    public async ValueTask InitializeAsync() => container = await StorageUnderTest.Clients(azurite).NewContainerAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task WriteAsync_Avif_IsStoredWithItsMediaTypeUnderTenantJobAndTarget()
    {
        var job = AJob.NewId();

        await Store.WriteAsync(job, Fence, 7, ImageFormat.Avif, Bytes(3), Cancellation);

        var properties = await container.GetBlobClient($"default/{job.Digest}/7.avif").GetPropertiesAsync(cancellationToken: Cancellation);
        Assert.Equal("image/avif", properties.Value.ContentType);
    }

    [Fact]
    public async Task WriteAsync_ThreeMegabytes_IsOneRequestAndSoIsReadingThem()
    {
        using var probe = new StorageOperationProbe();
        var job = AJob.NewId();

        await Store.WriteAsync(job, Fence, 0, ImageFormat.Png, Bytes(3_000_000), Cancellation);
        await using var content = await Store.OpenAsync(job, 0, ImageFormat.Png, Cancellation);
        using var copy = new MemoryStream();
        await content!.CopyToAsync(copy, Cancellation);

        Assert.Equal(Bytes(3_000_000), copy.ToArray());
        Assert.Equal(["blob.put", "blob.get"], probe.Operations);
    }

    [Fact]
    public async Task OpenAsync_ReplacedBeforeItIsReadElsewhere_MixesNoTwoResults()
    {
        var job = AJob.NewId();
        await Store.WriteAsync(job, Fence, 0, ImageFormat.Png, Bytes(300_000), Cancellation);
        await using var content = (await Store.OpenAsync(job, 0, ImageFormat.Png, Cancellation))!;
        await Store.WriteAsync(job, Fence + 1, 0, ImageFormat.Png, Bytes(300_001), Cancellation);
        content.Seek(100_000, SeekOrigin.Begin);

        var exception = await Assert.ThrowsAsync<InfrastructureException>(() => content.ReadExactlyAsync(new byte[1], Cancellation).AsTask());
        Assert.True(exception.IsTransient);
    }
}
