using System.Collections.Frozen;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation.Layouts;

namespace PoseFunctions.Core.Generation;

/// <summary>The generators of this process, by name, and what predicts parsing maps for them. Read-only after start.</summary>
/// <param name="generators">Every generator there is.</param>
/// <param name="layout">The layout model; null where none is installed or no generator needs one.</param>
public sealed class GeneratorCatalog(IEnumerable<IPoseGenerator> generators, ILayoutPredictor? layout = null)
{
    private readonly FrozenDictionary<string, IPoseGenerator> byName =
        generators.ToFrozenDictionary(generator => generator.Manifest.Name, StringComparer.Ordinal);

    /// <summary>All of them, in no particular order.</summary>
    public IEnumerable<IPoseGenerator> All => byName.Values;

    /// <summary>What predicts the parsing map of an image that does not exist yet; null where nothing does.</summary>
    public ILayoutPredictor? Layout => layout;

    /// <summary>The generator of that name.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.GeneratorUnknown"/>.</exception>
    public IPoseGenerator Get(string name) => byName.TryGetValue(name, out var generator)
        ? generator
        : throw new RejectedException(
            FailureCodes.GeneratorUnknown,
            $"There is no generator '{name}'; installed: {string.Join(", ", byName.Keys.Order(StringComparer.Ordinal))}.");
}
