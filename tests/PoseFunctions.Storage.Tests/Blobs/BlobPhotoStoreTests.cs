using System.Net;
using Azure.Storage.Blobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Storage.Photos;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Telemetry;

namespace PoseFunctions.Storage.Tests.Blobs;

public sealed class BlobPhotoStoreTests(AzuriteFixture azurite) : PhotoStoreContract, IAsyncLifetime
{
    private static readonly HttpClient Http = new();

    private StorageUnderTest clients = null!;
    private BlobContainerClient uploads = null!;
    private BlobContainerClient posePhotos = null!;
    private UploadUrlSigner signer = null!;

    protected override IPhotoStore Store => new BlobPhotoStore(uploads, posePhotos, signer);

    public async ValueTask InitializeAsync()
    {
        clients = StorageUnderTest.Clients(azurite);
        uploads = await clients.NewContainerAsync();
        posePhotos = await clients.NewContainerAsync();
        signer = new(clients.Blobs, TimeProvider.System);
    }

    public ValueTask DisposeAsync()
    {
        signer.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(StorableNames))]
    public async Task CreateUploadUrlAsync_StorableName_TakesAPutWithMetadata(string name)
    {
        var url = await CreateUrlAsync(name, TimeSpan.FromHours(1));

        using var answer = await PutAsync(url, "photo"u8.ToArray(), ("x-ms-meta-poses", "walk"));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await using var opened = await Store.OpenAsync(PhotoContainer.Uploads, Owner.ToString(), name, Cancellation);
        Assert.Equal("photo"u8.ToArray(), await ReadAsync(opened!));
        Assert.Equal("walk", opened!.Metadata["poses"]);
    }

    [Fact]
    public async Task CreateUploadUrlAsync_ForOnePhoto_OpensNeitherOthersNorReading()
    {
        await WriteAsync("photo.jpg");
        var url = await CreateUrlAsync("photo.jpg", TimeSpan.FromHours(1));
        var other = new Uri(url.AbsoluteUri.Replace("photo.jpg", "other.jpg", StringComparison.Ordinal));

        using var put = await PutAsync(other, "x"u8.ToArray());
        using var get = await Http.GetAsync(url, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, put.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, get.StatusCode);
    }

    [Fact]
    public async Task CreateUploadUrlAsync_PastItsEnd_IsRefused()
    {
        var url = await CreateUrlAsync("photo.jpg", TimeSpan.FromMinutes(-5));

        using var answer = await PutAsync(url, "x"u8.ToArray());

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task ListUploadsAsync_BlobsBesideTheTenants_CanBeOpenedAndDeleted()
    {
        string[] names = ["loose.jpg", "UPPER/photo.jpg", "/slash.jpg"];
        foreach (var name in names)
        {
            await uploads.GetBlobClient(name).UploadAsync(BinaryData.FromString(name), Cancellation);
        }

        foreach (var upload in await ListAsync())
        {
            await using var opened = await Store.OpenAsync(PhotoContainer.Uploads, upload.TenantName, upload.BlobName, Cancellation);
            Assert.Equal(upload.ETag, opened!.ETag);
            await Store.DeleteAsync(PhotoContainer.Uploads, upload.TenantName, upload.BlobName, upload.ETag, Cancellation);
        }

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task WriteAsync_PhotoOfUnknownLength_IsOneRequestAndSoIsReadingIt()
    {
        var photo = new byte[5_000_000];
        new Random(1).NextBytes(photo);
        using var probe = new StorageOperationProbe();

        await using var content = new UnseekableStream(photo);
        await Store.WriteAsync(PhotoContainer.Uploads, Owner, "big.jpg", content, new Dictionary<string, string>(), Cancellation);
        await using var opened = await Store.OpenAsync(PhotoContainer.Uploads, Owner.ToString(), "big.jpg", Cancellation);

        Assert.Equal(photo, await ReadAsync(opened!));
        Assert.Equal(["blob.put", "blob.get"], probe.Operations);
    }

    private static async Task<HttpResponseMessage> PutAsync(Uri url, byte[] content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(content) };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await Http.SendAsync(request, Cancellation);
    }

    private Task<Uri> CreateUrlAsync(string name, TimeSpan lifetime) => Store.CreateUploadUrlAsync(
        PhotoContainer.Uploads, Owner, name, TimeProvider.System.GetUtcNow() + lifetime, Cancellation);

    private sealed class UnseekableStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
