using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using PoseFunctions.LocalHost.Tests.Support;

namespace PoseFunctions.LocalHost.Tests.Events;

/// <summary>From the upload through the running host to the function, for the kinds of upload there are.</summary>
[Collection(BindingsCollection.Name)]
public sealed class HostedEventTests(BindingsFixture fixture)
{
    private readonly SampleHost host = fixture.Host;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PutBlockList_RunsTheFunction()
    {
        var inBlocks = new BlobUploadOptions
        {
            TransferOptions = new StorageTransferOptions { InitialTransferSize = 4, MaximumTransferSize = 4 },
        };

        await (await BlobAsync("staged.txt")).UploadAsync(BinaryData.FromString("in three blocks").ToStream(), inBlocks, Cancellation);

        await host.Journal.WaitForAsync("EventClient", "staged.txt in three blocks");
    }

    [Fact]
    public async Task PutBlob_ThroughASignedAddress_RunsTheFunction()
    {
        const string Name = "acme/größe 50%+.txt";
        var address = (await BlobAsync(Name)).GenerateSasUri(BlobSasPermissions.Create, DateTimeOffset.MaxValue);

        using var answer = await PlainUpload.SendAsync(address, BinaryData.FromString("signed"));

        answer.EnsureSuccessStatusCode();
        await host.Journal.WaitForAsync("EventClient", $"{Name} signed");
    }

    [Fact]
    public async Task Overwriting_RunsTheFunctionAgain()
    {
        var blob = await BlobAsync("again.txt");

        await blob.UploadAsync(BinaryData.FromString("first"), overwrite: true, Cancellation);
        await host.Journal.WaitForAsync("EventClient", "again.txt first");
        await blob.UploadAsync(BinaryData.FromString("second"), overwrite: true, Cancellation);

        await host.Journal.WaitForAsync("EventClient", "again.txt second");
    }

    private async Task<BlobClient> BlobAsync(string name) => (await host.ContainerAsync("event", overEvents: true)).GetBlobClient(name);
}
