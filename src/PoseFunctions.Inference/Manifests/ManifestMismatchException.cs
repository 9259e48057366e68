using PoseFunctions.Core.Failures;

namespace PoseFunctions.Inference.Manifests;

/// <summary>A model is refused because its manifest, its graph file and its session do not fit together.</summary>
public sealed class ManifestMismatchException(string origin, IReadOnlyList<string> faults)
    : PoseFunctionsException($"The model at {origin} is refused: {string.Join("; ", faults)}.")
{
    /// <summary>Each thing that was found and what was expected instead.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;

    /// <inheritdoc/>
    public override bool IsTransient => false;
}
