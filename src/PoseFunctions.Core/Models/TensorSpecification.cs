using System.Text.Json;

namespace PoseFunctions.Core.Models;

/// <summary>One input or output of a model's graph, as its manifest describes it.</summary>
public sealed record TensorSpecification
{
    /// <summary>Name in the graph.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; see <see cref="TensorRoles"/>.</summary>
    public required string Role { get; init; }

    /// <summary>Element type; <c>float32</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Sizes; a number, or a string that names an axis that varies.</summary>
    public required IReadOnlyList<JsonElement> Shape { get; init; }

    /// <summary>Axis order; <c>NCHW</c>.</summary>
    public string? Layout { get; init; }

    /// <summary>Per-channel mean of 8-bit values (RGB), for images.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>Per-channel divisor after the mean (RGB), for images.</summary>
    public IReadOnlyList<float>? Std { get; init; }
}
