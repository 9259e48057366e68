using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalTriggers.Tests.Functions;

public sealed class QueueFunctions(Probe probe)
{
    [Function("Handle")]
    public Task HandleAsync(
        [QueueTrigger("%Queue%")] QueueMessage message, string id, long dequeueCount, DateTimeOffset insertionTime, CancellationToken cancellationToken) =>
        id == message.MessageId && dequeueCount == message.DequeueCount && insertionTime == message.InsertedOn
            ? probe.CallAsync(message.Body.ToString(), cancellationToken)
            : throw new InvalidOperationException("The binding data is not that of the message.");
}
