using System.Text;
using PoseFunctions.LocalHost.Events;
using PoseFunctions.LocalHost.Events.EventGrid;

namespace PoseFunctions.LocalHost.Tests.Events.EventGrid;

public sealed class EventGridPayloadTests
{
    private static readonly BlobCreated Blob = new()
    {
        Id = "4f2f",
        Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Api = BlobApi.PutBlob,
        Account = "devstoreaccount1",
        Container = "uploads",
        Name = "acme/a b.jpg",
        Url = new Uri("http://127.0.0.1:45123/devstoreaccount1/uploads/acme/a%20b.jpg"),
        ETag = "0x8D1",
        ContentType = "image/jpeg",
        ContentLength = 3000,
        Sequencer = "0001",
    };

    [Fact]
    public void Write_IsWhatEventGridPosts() => Assert.Equal(
        """
        [{"topic":"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.Storage/storageAccounts/devstoreaccount1",
        "subject":"/blobServices/default/containers/uploads/blobs/acme/a b.jpg",
        "eventType":"Microsoft.Storage.BlobCreated","id":"4f2f","eventTime":"2026-01-02T03:04:05+00:00",
        "data":{"api":"PutBlob","eTag":"0x8D1","contentType":"image/jpeg","contentLength":3000,"blobType":"BlockBlob",
        "url":"http://127.0.0.1:45123/devstoreaccount1/uploads/acme/a%20b.jpg","sequencer":"0001"},
        "dataVersion":"","metadataVersion":"1"}]
        """.ReplaceLineEndings(""),
        Encoding.UTF8.GetString(EventGridPayload.Write(Blob)));

    [Fact]
    public void Write_WhatTheRequestDidNotState_IsLeftOut()
    {
        var json = Encoding.UTF8.GetString(EventGridPayload.Write(Blob with { ContentType = null, ContentLength = null }));

        Assert.DoesNotContain("content", json, StringComparison.Ordinal);
    }
}
