using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Core.Recovery;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Worker.Functions;

/// <summary>A job whose messages kept failing ends as failed, visibly.</summary>
public sealed class PoisonJobFunction(PoisonHandler handler)
{
    [Function("PoisonJob")]
    public Task RunAsync(
        [QueueTrigger("pose-jobs-poison", Connection = "Storage")] BinaryData message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var envelope = JobMessage.Parse(message);
        return handler.HandleAsync(envelope.JobId, "Every delivery of the job's message failed.", cancellationToken);
    }
}
