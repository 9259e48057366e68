using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Events;

public sealed class BlobNameTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly RecordingSink sink = new();
    private SourceUnderTest source = null!;

    public static TheoryData<string> Names =>
    [
        "plain.jpg",
        "acme/2026/deep.jpg",
        "with space.jpg",
        "50%.jpg",
        "50%25.jpg",
        "a%2Fb.jpg",
        "a+b.jpg",
        "question?mark=1&and#hash.jpg",
        "quote'\"semicolon;=.jpg",
        "double//slash.jpg",
        "größe/名前 😀.jpg",
        new string('名', 1000),
    ];

    public async ValueTask InitializeAsync() => source = await SourceUnderTest.StartAsync(azurite, sink);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Name_OfAnyCharacters_ReachesTheEventAsItIs(string name)
    {
        await source.UploadAsync(name);

        var blob = await sink.NextAsync();

        Assert.Equal(name, blob.Name);
        Assert.Equal((source.Container.Name, name), Read(blob.Url));
        Assert.Equal(name, await OnlyNameAsync());
    }

    [Theory]
    [InlineData("acme%2Fone%20%2B.jpg", "acme/one +.jpg")]
    [InlineData("acme/one%20+.jpg", "acme/one +.jpg")]
    [InlineData("%61cme/%6F%6e%65.jpg", "acme/one.jpg")]
    [InlineData("acme%5Cone.jpg", "acme/one.jpg")] // the storage makes slashes of backslashes
    public async Task Name_EscapedInAnotherWay_IsTheBlobsName(string escaped, string name)
    {
        var signed = source.Container.GetBlobClient(name).GenerateSasUri(BlobSasPermissions.Create, DateTimeOffset.MaxValue);
        var address = new Uri(
            $"{source.Container.Uri}/{escaped}{signed.Query}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        using var answer = await PlainUpload.SendAsync(address, BinaryData.FromString("x"));

        Assert.Equal(201, (int)answer.StatusCode);
        var blob = await sink.NextAsync();
        Assert.Equal(name, blob.Name);
        Assert.Equal((source.Container.Name, name), Read(blob.Url));
        Assert.Equal(name, await OnlyNameAsync());
    }

    // As the webhook of the blobs extension reads the address.
    private static (string Container, string Name) Read(Uri url)
    {
        var builder = new BlobUriBuilder(url);
        return (builder.BlobContainerName, builder.BlobName);
    }

    private async Task<string> OnlyNameAsync()
    {
        var names = new List<string>();
        await foreach (var blob in source.Container.GetBlobsAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            names.Add(blob.Name);
        }

        return Assert.Single(names);
    }
}
