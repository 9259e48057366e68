namespace PoseFunctions.LocalHost.Configuration.Functions;

/// <summary>A new or changed blob runs the function.</summary>
/// <param name="Parameter">Name of the parameter that gets the blob.</param>
/// <param name="IsDeferred">Whether the worker builds the parameter's value itself, from the blob's name.</param>
/// <param name="Path">Pattern such as <c>uploads/{name}</c>; may hold <c>%SETTING%</c>.</param>
/// <param name="Connection">Name of the setting that names the storage account; null for the host's own.</param>
/// <param name="TakesEvents">Whether events run it (source EventGrid) rather than a look at the container now and then.</param>
internal sealed record BlobTriggerBinding(string Parameter, bool IsDeferred, string Path, string? Connection, bool TakesEvents)
    : TriggerBinding(Parameter);
