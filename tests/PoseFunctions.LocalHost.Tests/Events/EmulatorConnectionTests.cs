using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using PoseFunctions.LocalHost.Events;

namespace PoseFunctions.LocalHost.Tests.Events;

public sealed class EmulatorConnectionTests
{
    private static readonly Uri Proxy = new("http://127.0.0.1:45123");

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10000/devstoreaccount1")]
    [InlineData("usedevelopmentstorage=True;", "http://127.0.0.1:10000/devstoreaccount1")]
    [InlineData(
        "UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite", "http://azurite:10000/devstoreaccount1")]
    [InlineData(
        "AccountName=shop;AccountKey=YQ==;BlobEndpoint=http://azurite:1234/shop/;", "http://azurite:1234/shop/")]
    [InlineData(
        "BlobEndpoint=http://127.0.0.1:1234/shop;SharedAccessSignature=sv=1&sig=a%3D", "http://127.0.0.1:1234/shop")]
    public void Parse_OfAnEmulator_HasItsBlobEndpoint(string connectionString, string endpoint) =>
        Assert.Equal(new Uri(endpoint), EmulatorConnection.Parse(connectionString).BlobEndpoint);

    [Theory]
    [InlineData("AccountName=shop;AccountKey=YQ==")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=YQ==;EndpointSuffix=core.windows.net")]
    [InlineData("BlobEndpoint=https://shop.blob.core.windows.net;SharedAccessSignature=sig=x")]
    [InlineData("BlobEndpoint=https://shop.blob.core.windows.net/;AccountName=shop;AccountKey=YQ==")]
    [InlineData("AccountName=shop;AccountKey=YQ==;BlobEndpoint=https://photos.example.com/other")]
    public void Parse_OfAnAccountInAzure_IsRefusedInOneSentence(string connectionString)
    {
        var refusal = Assert.Throws<NoEmulatorException>(() => EmulatorConnection.Parse(connectionString));

        Assert.EndsWith("is none: in Azure they come from Event Grid.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("YQ==", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("UseDevelopmentStorage=false")]
    [InlineData("nonsense")]
    public void Parse_OfNoConnectionString_IsRefused(string connectionString) =>
        Assert.Throws<NoEmulatorException>(() => EmulatorConnection.Parse(connectionString));

    [Fact]
    public void WithBlobsAt_OfTheShortForm_IsWhatClientsReadFromItButForTheProxy()
    {
        const string ShortForm = "UseDevelopmentStorage=true";

        var rewritten = EmulatorConnection.Parse(ShortForm).WithBlobsAt(Proxy);

        Assert.Equal(new Uri("http://127.0.0.1:45123/devstoreaccount1"), new BlobServiceClient(rewritten).Uri);
        Assert.Equal(new QueueServiceClient(ShortForm).Uri, new QueueServiceClient(rewritten).Uri);
        Assert.Equal(new BlobServiceClient(ShortForm).AccountName, new BlobServiceClient(rewritten).AccountName);
        Assert.Contains("AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;",
            rewritten, StringComparison.Ordinal);
    }

    [Fact]
    public void WithBlobsAt_ChangesNothingButTheBlobEndpoint()
    {
        const string Emulator =
            "DefaultEndpointsProtocol=http;AccountName=shop;AccountKey=YQ==;blobendpoint=http://azurite:1/shop;QueueEndpoint=http://azurite:2/shop;";

        Assert.Equal(
            "DefaultEndpointsProtocol=http;AccountName=shop;AccountKey=YQ==;blobendpoint=http://127.0.0.1:45123/shop;QueueEndpoint=http://azurite:2/shop;",
            EmulatorConnection.Parse(Emulator).WithBlobsAt(Proxy));
    }
}
