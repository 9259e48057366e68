using System.Text;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using PoseFunctions.Core.People;
using PoseFunctions.Storage.People;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Telemetry;

namespace PoseFunctions.Storage.Tests.Blobs;

public sealed class BlobParsedPhotoStoreTests(AzuriteFixture azurite) : ParsedPhotoStoreContract, IAsyncLifetime
{
    private BlobContainerClient container = null!;

    protected override IParsedPhotoStore Store =>
        new BlobParsedPhotoStore(container, NullLogger<BlobParsedPhotoStore>.Instance);

    public async ValueTask InitializeAsync() => container = await StorageUnderTest.Clients(azurite).NewContainerAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("keypoints")]
    [InlineData("labels")]
    [InlineData("mapSize")]
    [InlineData("square")]
    [InlineData("area")]
    [InlineData("turns")]
    [InlineData("truncated")]
    public async Task FindAsync_DamagedBlob_IsAbsentAndCanBeWrittenAnew(string damage)
    {
        await Store.WriteAsync(Key, APhoto(), Cancellation);
        var blob = await OnlyBlobAsync();
        var json = (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToString();
        var damaged = damage switch
        {
            "keypoints" => json.Replace("\"keypoints\":[0,", "\"keypoints\":[", StringComparison.Ordinal),
            "labels" => json.Replace("\"compressedLabels\":\"", "\"compressedLabels\":\"AAAA", StringComparison.Ordinal),
            "mapSize" => json.Replace("\"mapSize\":{\"width\":40", "\"mapSize\":{\"width\":2000000000", StringComparison.Ordinal),
            "square" => json.Replace("\"side\":4000", "\"side\":0", StringComparison.Ordinal),
            "area" => json.Replace("\"area\":{\"x\":100,\"y\":200,\"width\":2500", "\"area\":{\"x\":100,\"y\":200,\"width\":0", StringComparison.Ordinal),
            "turns" => json.Replace("\"turns\":1", "\"turns\":4", StringComparison.Ordinal),
            "truncated" => json[..(json.Length / 2)],
            _ => damage,
        };
        Assert.NotEqual(json, damaged);
        await blob.UploadAsync(new BinaryData(Encoding.UTF8.GetBytes(damaged)), overwrite: true, Cancellation);

        Assert.Null(await Store.FindAsync(Key, Cancellation));

        await Store.WriteAsync(Key, APhoto(), Cancellation);
        Assert.NotNull(await Store.FindAsync(Key, Cancellation));
    }

    [Fact]
    public async Task FindAsync_BlobInAnOlderForm_IsAbsentAndStaysForOlderRevisions()
    {
        var older = container.GetBlobClient($"{Key.Tenant}/{Key.PixelHash}-older.v2.json");
        await older.UploadAsync(new BinaryData("{}"), Cancellation);
        await Store.WriteAsync(Key with { PixelHash = Key.PixelHash + "0" }, APhoto(), Cancellation);

        Assert.Null(await Store.FindAsync(Key with { ParserVersion = "older" }, Cancellation));
        Assert.True(await older.ExistsAsync(Cancellation));
        Assert.Contains(await container.GetBlobsAsync(cancellationToken: Cancellation).ToListAsync(Cancellation), blob => blob.Name.EndsWith("-largest.v3.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FindAsyncAndWriteAsync_InTheUsualCase_AreOneRequestEach()
    {
        using var probe = new StorageOperationProbe();

        await Store.WriteAsync(Key, APhoto(), Cancellation);
        await Store.FindAsync(Key, Cancellation);

        Assert.Equal(["blob.put", "blob.get"], probe.Operations);
    }

    private async Task<BlobClient> OnlyBlobAsync()
    {
        var blob = await container.GetBlobsAsync(cancellationToken: Cancellation).SingleAsync(Cancellation);
        return container.GetBlobClient(blob.Name);
    }
}
