using PoseFunctions.LocalHost.Tests.Support;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Events;

public sealed class HostedEventRefusalTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(
        "AccountName=shop;AccountKey=YQ==",
        "Blob events can be made for a storage emulator only, and the account 'shop' is none: in Azure they come from Event Grid.")]
    [InlineData(
        "BlobEndpoint=https://shop.blob.core.windows.net;SharedAccessSignature=sv=1&sig=c2VjcmV0",
        "Blob events can be made for a storage emulator only, and https://shop.blob.core.windows.net is none: in Azure they come from Event Grid.")]
    public async Task BlobEvents_OfAnAccountInAzure_AreRefused(string account, string reason)
    {
        await using var host = SampleHost.On(
            azurite.ConnectionString,
            arguments: ["--blob-events", "SampleData"],
            settings: new Dictionary<string, string> { ["SampleData"] = account });

        var process = host.Begin();

        Assert.Equal(2, await process.ExitAsync());
        Assert.Contains($"The local host cannot run: {reason}", process.Log);
    }
}
