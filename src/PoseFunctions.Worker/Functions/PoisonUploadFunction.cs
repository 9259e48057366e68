using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Core.Recovery;

namespace PoseFunctions.Worker.Functions;

/// <summary>An upload whose parsing kept failing becomes a failed job, visibly.</summary>
public sealed class PoisonUploadFunction(PoisonHandler handler)
{
    [Function("PoisonUpload")]
    public Task RunAsync(
        [QueueTrigger("webjobs-blobtrigger-poison", Connection = "Storage")] PoisonBlob message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var slash = message.BlobName.IndexOf('/', StringComparison.Ordinal);
        return message.ContainerName == "uploads" && slash > 0
            ? handler.HandleUploadAsync(message.BlobName[..slash], message.BlobName[(slash + 1)..], cancellationToken)
            : Task.CompletedTask;
    }
}
