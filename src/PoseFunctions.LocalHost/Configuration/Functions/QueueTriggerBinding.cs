namespace PoseFunctions.LocalHost.Configuration.Functions;

/// <summary>A queue message runs the function.</summary>
/// <param name="Parameter">Name of the parameter that gets the message.</param>
/// <param name="IsDeferred">Whether the worker builds the parameter's value itself, from the whole message.</param>
/// <param name="Queue">Name of the queue; may hold <c>%SETTING%</c>.</param>
/// <param name="Connection">Name of the setting that names the storage account; null for the host's own.</param>
internal sealed record QueueTriggerBinding(string Parameter, bool IsDeferred, string Queue, string? Connection) : TriggerBinding(Parameter);
