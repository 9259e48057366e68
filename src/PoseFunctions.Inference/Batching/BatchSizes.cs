using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;

namespace PoseFunctions.Inference.Batching;

/// <summary>
/// The batch sizes that a session runs with: any up to the most, or only fixed ones. Then a smaller batch is filled up with
/// padding, whose outputs nobody reads, because recorded and tuned runs are worth more than the work that padding costs.
/// </summary>
internal sealed class BatchSizes
{
    private readonly int[] fixedSizes;

    /// <param name="most">Most items that are joined.</param>
    /// <param name="fixedSizes">Ascending; empty where any size will do. The last one is at least <paramref name="most"/>.</param>
    public BatchSizes(int most, IReadOnlyList<int> fixedSizes)
    {
        this.fixedSizes = [.. fixedSizes];
        Most = most;
    }

    /// <summary>Most items of one run.</summary>
    public int Most { get; }

    /// <summary>Items that buffers must have room for, padding included.</summary>
    public int Largest => fixedSizes.Length > 0 ? fixedSizes.First(size => size >= Most) : Most;

    /// <summary>The sizes to run once at start: all fixed ones in use, or the smallest, since larger ones take nothing but more memory.</summary>
    public IEnumerable<int> ToWarmUp => fixedSizes.Length > 0 ? fixedSizes.Where(size => size <= Largest) : [1];

    /// <summary>What the settings ask for, within what a graph allows: one whose batch axis is fixed runs with that size only.</summary>
    public static BatchSizes Of(ModelManifest manifest, BatchingOptions options) => manifest.FixedBatch() is { } only
        ? new(Math.Min(only, options.MaxBatchSize), [only])
        : new(options.MaxBatchSize, options.Fixed);

    /// <summary>The size to run so many items with.</summary>
    public int For(int items) => fixedSizes.Length > 0 ? fixedSizes.First(size => size >= items) : items;
}
