using Azure.Storage.Blobs;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Storage.Tenants;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.Storage.Tests.Blobs;

public sealed class BlobTenantStoreTests(AzuriteFixture azurite)
{
    private static readonly Tenant Shop = Tenant.Parse("shop");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeleteSomeAsync_UntilNothingIsLeft_KeepsWhatIsOfOthers()
    {
        var (first, second) = (await NewContainerAsync(), await NewContainerAsync());
        await WriteAsync(first, "shop/a.jpg", "shop/folder/b.jpg", "shop-2/a.jpg", "other/shop/a.jpg");
        await WriteAsync(second, "shop/c.json", "shops/c.json");
        var store = new BlobTenantStore([first, second]);

        int[] rounds =
        [
            await store.DeleteSomeAsync(Shop, 2, Cancel),
            await store.DeleteSomeAsync(Shop, 2, Cancel),
            await store.DeleteSomeAsync(Shop, 2, Cancel),
        ];

        Assert.Equal([2, 1, 0], rounds);
        Assert.Equal(["other/shop/a.jpg", "shop-2/a.jpg"], await NamesAsync(first));
        Assert.Equal(["shops/c.json"], await NamesAsync(second));
    }

    [Fact]
    public async Task DeleteSomeAsync_NameThatNoUrlCarries_IsRefusedBeforeItCanMeanAnother()
    {
        var container = await NewContainerAsync();
        await WriteAsync(container, "other/a.jpg");
        using var http = new HttpClient();
        var sas = container.GenerateSasUri(Azure.Storage.Sas.BlobContainerSasPermissions.All, TimeProvider.System.GetUtcNow().AddHours(1));
        var url = new Uri(
            $"{sas.GetLeftPart(UriPartial.Path)}/shop/%2E%2E/other/a.jpg{sas.Query}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var put = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent([1]) };
        put.Headers.Add("x-ms-blob-type", "BlockBlob");
        using var stored = await http.SendAsync(put, Cancel);
        stored.EnsureSuccessStatusCode();

        var refusal = await Assert.ThrowsAsync<RejectedException>(() => new BlobTenantStore([container]).DeleteSomeAsync(Shop, 10, Cancel));

        Assert.Equal(FailureCodes.JobStateConflict, refusal.Code);
        Assert.Contains("other/a.jpg", await NamesAsync(container));
    }

    private static async Task WriteAsync(BlobContainerClient container, params string[] names)
    {
        foreach (var name in names)
        {
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes([1]), Cancel);
        }
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(BlobContainerClient container)
    {
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: Cancel))
        {
            names.Add(blob.Name);
        }

        return names;
    }

    private Task<BlobContainerClient> NewContainerAsync() => StorageUnderTest.Clients(azurite).NewContainerAsync();
}
