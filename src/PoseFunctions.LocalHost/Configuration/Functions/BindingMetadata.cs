using System.Text.Json;

namespace PoseFunctions.LocalHost.Configuration.Functions;

/// <summary>One binding as functions.metadata has it: what all have, and what one or the other kind of trigger has.</summary>
internal sealed record BindingMetadata
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public string? Direction { get; init; }

    public string? DataType { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Properties { get; init; }

    /// <summary>Name of the setting that names the storage account; null for the host's own.</summary>
    public string? Connection { get; init; }

    public string? QueueName { get; init; }

    public string? Path { get; init; }

    public string? Source { get; init; }

    public string? Schedule { get; init; }

    public bool RunOnStartup { get; init; }

    /// <summary>Null for true.</summary>
    public bool? UseMonitor { get; init; }

    public string? Route { get; init; }

    public IReadOnlyList<string>? Methods { get; init; }

    public string? AuthLevel { get; init; }

    public bool IsTrigger => Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the worker builds the parameter's value itself, from a reference such as a blob's name.</summary>
    public bool IsDeferred =>
        Properties is not null
        && Properties.TryGetValue("supportsDeferredBinding", out var deferred)
        && string.Equals(deferred.ToString(), bool.TrueString, StringComparison.OrdinalIgnoreCase);
}
