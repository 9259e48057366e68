using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Sends what the function returns to a storage queue.</summary>
/// <param name="queueName">Name of the queue; <c>%Setting%</c> takes it from the configuration.</param>
public sealed class QueueOutputAttribute(string queueName) : OutputBindingAttribute
{
    public string QueueName { get; } = queueName;

    /// <summary>Name of the setting or section that holds the storage connection.</summary>
    public string? Connection { get; set; }
}
