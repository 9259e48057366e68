using System.Collections.Frozen;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Generators;

/// <summary>The generators of this process, by name. Read-only after start.</summary>
public sealed class GeneratorCatalog(IEnumerable<IPoseGenerator> generators)
{
    private readonly FrozenDictionary<string, IPoseGenerator> byName =
        generators.ToFrozenDictionary(generator => generator.Manifest.Name, StringComparer.Ordinal);

    /// <summary>All of them, in no particular order.</summary>
    public IEnumerable<IPoseGenerator> All => byName.Values;

    /// <summary>The generator of that name.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.GeneratorUnknown"/>.</exception>
    public IPoseGenerator Get(string name) => byName.TryGetValue(name, out var generator)
        ? generator
        : throw new RejectedException(
            FailureCodes.GeneratorUnknown,
            $"There is no generator '{name}'; installed: {string.Join(", ", byName.Keys.Order(StringComparer.Ordinal))}.");
}
