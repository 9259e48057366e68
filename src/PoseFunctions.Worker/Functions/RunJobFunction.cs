using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Worker.Functions;

/// <summary>A queued job is claimed and run.</summary>
public sealed class RunJobFunction(RunJobHandler handler)
{
    /// <summary>Runs once or more for every message.</summary>
    [Function("RunJob")]
    public Task RunAsync(
        [QueueTrigger("pose-jobs", Connection = "Photos")] BinaryData message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var envelope = JobMessage.Parse(message);
        return handler.HandleAsync(envelope, cancellationToken);
    }
}
