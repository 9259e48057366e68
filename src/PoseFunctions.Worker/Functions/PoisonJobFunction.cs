using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Recovery;

namespace PoseFunctions.Worker.Functions;

/// <summary>A job whose messages kept failing ends as failed, visibly.</summary>
public sealed class PoisonJobFunction(PoisonHandler handler)
{
    [Function("PoisonJob")]
    public Task RunAsync(
        [QueueTrigger("pose-jobs-poison", Connection = "Storage")] BinaryData message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var envelope = JsonSerializer.Deserialize(message, CoreJsonContext.Default.JobMessage)
            ?? throw new JsonException("The message is null.");
        return handler.HandleAsync(envelope.JobId, "Every delivery of the job's message failed.", cancellationToken);
    }
}
