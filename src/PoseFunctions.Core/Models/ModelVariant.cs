namespace PoseFunctions.Core.Models;

/// <summary>Another build of a model's graph: the same inputs and outputs, computed faster and a little differently.</summary>
public sealed record ModelVariant
{
    /// <summary>How the graph of <see cref="ModelManifest.File"/> is called where a variant could be named.</summary>
    public const string Exact = "fp32";

    /// <summary>Lower-case name, unique in its manifest, such as <c>int8</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Graph file, beside the manifest.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the graph file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What the machine must have, all of it; <c>a|b</c> means either.</summary>
    public required IReadOnlyList<string> Requires { get; init; }

    /// <summary>Likeness to the exact graph in dB, on the golden inputs; above 40 nobody sees a difference.</summary>
    public required double PsnrAgainstFp32 { get; init; }
}
