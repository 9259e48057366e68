using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Core.Recovery;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Worker.Functions;

/// <summary>A job whose message kept failing gets another one, until its attempts are used up.</summary>
public sealed class PoisonJobFunction(PoisonHandler handler)
{
    [Function("PoisonJob")]
    public Task RunAsync(
        [QueueTrigger("pose-jobs-poison", Connection = "Photos")] BinaryData message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return handler.HandleAsync(JobMessage.Parse(message).JobId, cancellationToken);
    }
}
