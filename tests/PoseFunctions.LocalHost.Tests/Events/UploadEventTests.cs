using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using PoseFunctions.LocalHost.Events;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Events;

public sealed class UploadEventTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly BinaryData Photo = new(new byte[3000]);

    private readonly RecordingSink sink = new();
    private SourceUnderTest source = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private BlobContainerClient Container => source.Container;

    public async ValueTask InitializeAsync() => source = await SourceUnderTest.StartAsync(azurite, sink);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    [Fact]
    public async Task PutBlob_OfAClient_IsToldInFull()
    {
        var headers = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "image/jpeg" } };

        var answer = await Container.GetBlobClient("acme/one.jpg").UploadAsync(Photo, headers, Cancellation);

        var blob = await sink.NextAsync();
        Assert.Equal(
            (BlobApi.PutBlob, "devstoreaccount1", Container.Name, "acme/one.jpg", "image/jpeg", 3000L, Unquoted(answer.Value.ETag)),
            (blob.Api, blob.Account, blob.Container, blob.Name, blob.ContentType!, blob.ContentLength!.Value, blob.ETag));
        Assert.Equal(Container.GetBlobClient("acme/one.jpg").Uri, blob.Url);
    }

    [Fact]
    public async Task PutBlob_Empty_IsTold()
    {
        await Container.GetBlobClient("empty").UploadAsync(BinaryData.Empty, Cancellation);

        Assert.Equal(0, (await sink.NextAsync()).ContentLength);
    }

    [Fact]
    public async Task PutBlockList_AfterItsBlocks_IsToldOnce()
    {
        var inBlocks = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "image/webp" },
            TransferOptions = new StorageTransferOptions { InitialTransferSize = 1000, MaximumTransferSize = 1000 },
        };

        var answer = await Container.GetBlobClient("staged").UploadAsync(Photo.ToStream(), inBlocks, Cancellation);

        var blob = await sink.NextAsync();
        Assert.Equal(
            (BlobApi.PutBlockList, "staged", "image/webp", null, Unquoted(answer.Value.ETag)),
            (blob.Api, blob.Name, blob.ContentType!, blob.ContentLength, blob.ETag));
        await AssertNothingMoreAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PutBlob_ThroughASignedAddress_IsTold(bool expectContinue)
    {
        var address = Container.GetBlobClient("acme/signed.png").GenerateSasUri(BlobSasPermissions.Create, DateTimeOffset.MaxValue);

        using var answer = await PlainUpload.SendAsync(address, Photo, expectContinue);

        Assert.Equal(201, (int)answer.StatusCode);
        var blob = await sink.NextAsync();
        Assert.Equal(("acme/signed.png", "image/png", 3000), (blob.Name, blob.ContentType, blob.ContentLength));
    }

    [Fact]
    public async Task CopyBlob_ThatIsFinished_IsTold()
    {
        await source.UploadAsync("original");
        var copy = Container.GetBlobClient("copy");

        await copy.SyncCopyFromUriAsync(Container.GetBlobClient("original").Uri, cancellationToken: Cancellation);

        var events = await sink.TakeAsync(2);
        var properties = await copy.GetPropertiesAsync(cancellationToken: Cancellation);
        Assert.Equal(
            (BlobApi.CopyBlob, "copy", Unquoted(properties.Value.ETag)), (events[1].Api, events[1].Name, events[1].ETag));
    }

    [Fact]
    public async Task Overwriting_TellsTheNewETagInSequence()
    {
        var client = Container.GetBlobClient("again");
        var first = await client.UploadAsync(Photo, Cancellation);
        var second = await client.UploadAsync(Photo, overwrite: true, Cancellation);

        var events = await sink.TakeAsync(2);

        Assert.Equal([Unquoted(first.Value.ETag), Unquoted(second.Value.ETag)], events.Select(blob => blob.ETag));
        Assert.NotEqual(events[0].Id, events[1].Id);
        Assert.True(string.CompareOrdinal(events[0].Sequencer, events[1].Sequencer) < 0);
    }

    [Fact]
    public async Task WhatCommitsNoBlockBlob_IsNotTold()
    {
        await source.UploadAsync("there");
        await sink.NextAsync();
        var blob = Container.GetBlockBlobClient("there");

        await blob.SetMetadataAsync(new Dictionary<string, string> { ["a"] = "b" }, cancellationToken: Cancellation);
        await blob.SetHttpHeadersAsync(new BlobHttpHeaders { ContentType = "image/png" }, cancellationToken: Cancellation);
        await blob.CreateSnapshotAsync(cancellationToken: Cancellation);
        await blob.StageBlockAsync("AAAA", Photo.ToStream(), cancellationToken: Cancellation);
        await blob.GetBlobLeaseClient().AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: Cancellation);
        await blob.GetBlobLeaseClient().BreakAsync(cancellationToken: Cancellation);
        await blob.DownloadContentAsync(Cancellation);
        await blob.DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: Cancellation);
        await Container.GetAppendBlobClient("log").CreateAsync(cancellationToken: Cancellation);
        await Container.GetAppendBlobClient("log").AppendBlockAsync(Photo.ToStream(), cancellationToken: Cancellation);
        await Container.GetPageBlobClient("disk").CreateAsync(512, cancellationToken: Cancellation);
        await Container.GetPageBlobClient("disk").UploadPagesAsync(new MemoryStream(new byte[512]), 0, cancellationToken: Cancellation);
        await Container.SetMetadataAsync(new Dictionary<string, string> { ["a"] = "b" }, cancellationToken: Cancellation);

        await AssertNothingMoreAsync();
    }

    [Fact]
    public async Task RefusedUploads_AreNotTold()
    {
        await source.UploadAsync("taken");
        await sink.NextAsync();
        var taken = Container.GetBlobClient("taken");
        var readOnly = taken.GenerateSasUri(BlobSasPermissions.Read, DateTimeOffset.MaxValue);
        var otherETag = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfMatch = new ETag("\"0x1\"") } };

        int[] refusals =
        [
            await RefusalAsync(taken.UploadAsync(Photo, overwrite: false, Cancellation)),
            await RefusalAsync(taken.UploadAsync(Photo, otherETag, Cancellation)),
            (int)(await PlainUpload.SendAsync(readOnly, Photo)).StatusCode,
            (int)(await PlainUpload.SendAsync(readOnly, Photo, expectContinue: true)).StatusCode,
        ];

        Assert.Equal([409, 412, 403, 403], refusals);
        await AssertNothingMoreAsync();
    }

    private static string Unquoted(ETag tag) => tag.ToString().Trim('"');

    private static async Task<int> RefusalAsync(Task upload) =>
        (await Assert.ThrowsAsync<RequestFailedException>(() => upload)).Status;

    // Events come in the order of the uploads, so one that was wrongly told would come before the marker's.
    private async Task AssertNothingMoreAsync()
    {
        await source.UploadAsync("marker");
        Assert.Equal("marker", (await sink.NextAsync()).Name);
    }
}
