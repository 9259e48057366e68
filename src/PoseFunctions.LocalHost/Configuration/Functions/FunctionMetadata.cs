using System.Text.Json;

namespace PoseFunctions.LocalHost.Configuration.Functions;

/// <summary>One function as functions.metadata has it.</summary>
internal sealed record FunctionMetadata
{
    public required string Name { get; init; }

    public required IReadOnlyList<BindingMetadata> Bindings { get; init; }

    /// <summary>There where the function carries a retry attribute.</summary>
    public JsonElement? Retry { get; init; }
}
