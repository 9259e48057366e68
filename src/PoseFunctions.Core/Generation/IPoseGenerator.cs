using PoseFunctions.Core.Images;
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

    /// <summary>Generates one image at the model's native size.</summary>
    /// <returns>An image that the caller disposes.</returns>
    Task<RgbImage> GenerateAsync(GenerationInput input, CancellationToken cancellationToken);
}
