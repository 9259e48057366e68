using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.EndToEnd.Tests.Journeys;
using PoseFunctions.Testing;

namespace PoseFunctions.EndToEnd.Tests.Processes;

/// <summary>A job that an earlier revision left in storage, before any worker of today looks.</summary>
internal static class LeftJob
{
    private const string Owner = "shop-a";
    private const string Name = "left.jpg";
    private const string Key = "left";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Puts a photo, its record and its message there as the first schema has them, for two library poses.</summary>
    /// <param name="connection">An empty storage.</param>
    /// <param name="recordFile">Which record of the stored ones.</param>
    /// <param name="change">What else shall be different in it.</param>
    public static async Task<JobId> PutAsync(string connection, string recordFile, Action<JsonNode>? change = null)
    {
        var blobs = new BlobServiceClient(connection);
        var queue = new QueueClient(connection, "pose-jobs", new() { MessageEncoding = QueueMessageEncoding.Base64 });
        await blobs.CreateBlobContainerAsync("uploads", cancellationToken: Cancel);
        await blobs.CreateBlobContainerAsync("jobs", cancellationToken: Cancel);
        await queue.CreateAsync(cancellationToken: Cancel);

        // An idempotency key in the photo's metadata is how the API ties a photo to the record that it wrote itself.
        var id = JobId.FromIdempotencyKey(Tenant.Parse(Owner), Key);
        var metadata = new Dictionary<string, string> { [PhotoMetadata.IdempotencyKey] = Key };
        await using var photo = File.OpenRead(SamplePhotos.All[2]);
        var stored = await blobs.GetBlobContainerClient("uploads").GetBlobClient($"{Owner}/{Name}")
            .UploadAsync(photo, new BlobUploadOptions { Metadata = metadata }, Cancel);

        var record = await ReadAsync(recordFile);
        (record["id"], record["source"]!["blobName"], record["source"]!["eTag"]) = (id.ToString(), Name, stored.Value.ETag.ToString().Trim('"'));
        record["request"] = JsonNode.Parse("""{"targets":[{"pose":"front"},{"pose":"walking"}],"output":{"format":"jpeg","quality":90}}""");
        record["targets"] = JsonNode.Parse("""[{"index":0,"name":"front","state":"pending"},{"index":1,"name":"walking","state":"pending"}]""");
        change?.Invoke(record);
        await blobs.GetBlobContainerClient("jobs").GetBlobClient($"{Owner}/{id.Digest}.json")
            .UploadAsync(BinaryData.FromString(record.ToJsonString()), cancellationToken: Cancel);

        var message = await ReadAsync("message.json");
        message["jobId"] = id.ToString();
        await queue.SendMessageAsync(message.ToJsonString(), Cancel);
        return id;
    }

    private static async Task<JsonNode> ReadAsync(string file) => JsonNode.Parse(
        await File.ReadAllTextAsync(RepositoryRoot.Combine("tests", "PoseFunctions.Testing", "Stored", "schema-1", file), Cancel))!;
}
