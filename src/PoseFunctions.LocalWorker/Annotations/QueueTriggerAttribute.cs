using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for messages of a storage queue.</summary>
/// <param name="queueName">Name of the queue; <c>%Setting%</c> takes it from the configuration.</param>
public sealed class QueueTriggerAttribute(string queueName) : TriggerBindingAttribute
{
    public string QueueName { get; } = queueName;

    /// <summary>Name of the setting or section that holds the storage connection.</summary>
    public string? Connection { get; set; }
}
