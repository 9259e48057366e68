namespace PoseFunctions.Core.Models;

/// <summary>
/// The first graph of a generator that comes as two: it describes a photo by latents, which the second one paints into any
/// number of layouts.
/// </summary>
public sealed record EncoderSpecification
{
    /// <summary>Graph file, beside the manifest.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the graph file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    public required IReadOnlyList<TensorSpecification> Inputs { get; init; }

    /// <summary>One tensor with role <see cref="TensorRoles.Latents"/>, batch x latents x channels.</summary>
    public required IReadOnlyList<TensorSpecification> Outputs { get; init; }

    /// <summary>How many latents, the first ones, describe the background; 0 where they cannot be told apart.</summary>
    public int BackgroundLatents { get; init; }
}
