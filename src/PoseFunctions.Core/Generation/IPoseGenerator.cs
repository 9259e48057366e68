using PoseFunctions.Core.Models;

namespace PoseFunctions.Core.Generation;

/// <summary>Renders the person of a source image in another pose. Concurrent calls are batched.</summary>
public interface IPoseGenerator
{
    /// <summary>What the model is.</summary>
    ModelManifest Manifest { get; }

    /// <summary>Identifies the very graphs that run, lower-case hex: equal hashes, equal input and equal machines give equal images.</summary>
    string ModelHash { get; }

    /// <summary>Name of the graph's variant that runs, or <see cref="ModelVariant.Exact"/>.</summary>
    string Variant { get; }

    /// <summary>The generator's first half, where it comes as two graphs; null otherwise.</summary>
    ILatentEncoder? Encoder { get; }

    /// <summary>Generates the person of one input at the model's native size.</summary>
    /// <returns>What the caller disposes.</returns>
    Task<GeneratedPerson> GenerateAsync(GenerationInput input, CancellationToken cancellationToken);
}
