using System.Text.Json;
using Azure.Storage.Queues;
using PoseFunctions.LocalTriggers.Configuration;

namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>The queue of blobs that no run could handle.</summary>
internal sealed class PoisonBlobQueue(QueueServiceClient service, MessageEncoding encoding)
{
    public const string Name = "webjobs-blobtrigger-poison";

    private readonly QueueClient queue = service.GetQueueClient(Name);

    public async Task SendAsync(BlobFunction function, BlobVersion blob, CancellationToken cancellationToken)
    {
        var message = new PoisonBlobMessage("BlobTrigger", function.Id, "BlockBlob", function.Container.Name, blob.Name, blob.ETag);
        var json = JsonSerializer.SerializeToUtf8Bytes(message, PoisonBlobContext.Default.PoisonBlobMessage);
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await queue.SendMessageAsync(
            encoding == MessageEncoding.Base64 ? BinaryData.FromString(Convert.ToBase64String(json)) : BinaryData.FromBytes(json),
            timeToLive: TimeSpan.FromSeconds(-1),
            cancellationToken: cancellationToken);
    }
}
