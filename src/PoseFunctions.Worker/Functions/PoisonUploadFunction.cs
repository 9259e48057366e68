using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Recovery;

namespace PoseFunctions.Worker.Functions;

/// <summary>An upload whose parsing kept failing becomes a failed job, visibly.</summary>
public sealed class PoisonUploadFunction(PoisonHandler handler)
{
    [Function("PoisonUpload")]
    public Task RunAsync(
        [QueueTrigger("webjobs-blobtrigger-poison", Connection = "Photos")] BinaryData message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var blob = PoisonBlob.Parse(message);
        var (tenant, name) = UploadName.Parse(blob.BlobName);
        return blob.ContainerName == "uploads" ? handler.HandleUploadAsync(tenant, name, cancellationToken) : Task.CompletedTask;
    }
}
