using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Worker.Functions;

/// <summary>A queued job is claimed and run.</summary>
public sealed class RunJobFunction(RunJobHandler handler)
{
    /// <summary>Runs once or more for every message.</summary>
    [Function("RunJob")]
    public Task RunAsync(
        [QueueTrigger("pose-jobs", Connection = "Storage")] BinaryData message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var envelope = JsonSerializer.Deserialize(message, CoreJsonContext.Default.JobMessage)
            ?? throw new JsonException("The message is null.");
        return handler.HandleAsync(envelope, cancellationToken);
    }
}
