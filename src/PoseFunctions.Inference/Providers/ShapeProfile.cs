using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;

namespace PoseFunctions.Inference.Providers;

/// <summary>The smallest and the largest shapes of a model's inputs, as TensorRT writes them: <c>name:1x3x128x96,…</c>.</summary>
internal sealed record ShapeProfile(string Smallest, string Largest)
{
    /// <summary>The shapes for batches of one item and of as many as there may be.</summary>
    public static ShapeProfile Of(ModelManifest manifest, BatchSizes sizes) =>
        new(Shapes(manifest, manifest.FixedBatch() ?? 1), Shapes(manifest, sizes.Largest));

    private static string Shapes(ModelManifest manifest, int batch) =>
        string.Join(',', manifest.Inputs.Select(tensor => $"{tensor.Name}:{string.Join('x', tensor.ForBatch(batch))}"));
}
