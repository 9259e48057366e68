using System.Text.Json;

namespace PoseFunctions.LocalHost.Events.EventGrid;

/// <summary>Writes an event as Event Grid posts it: an array, here always of one.</summary>
internal static class EventGridPayload
{
    // An emulated account has no place in a subscription, but a topic must look like one.
    private const string Accounts =
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.Storage/storageAccounts/";

    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Write(BlobCreated blob) =>
        JsonSerializer.SerializeToUtf8Bytes([Describe(blob)], EventGridJson.Default.EventGridEventArray);

    private static EventGridEvent Describe(BlobCreated blob) => new()
    {
        Topic = Accounts + blob.Account,
        Subject = $"/blobServices/default/containers/{blob.Container}/blobs/{blob.Name}",
        EventType = "Microsoft.Storage.BlobCreated",
        Id = blob.Id,
        EventTime = blob.Time,
        Data = new EventGridBlob
        {
            Api = blob.Api.ToString(),
            ETag = blob.ETag,
            ContentType = blob.ContentType,
            ContentLength = blob.ContentLength,
            BlobType = "BlockBlob",
            Url = blob.Url,
            Sequencer = blob.Sequencer,
        },
    };
}
