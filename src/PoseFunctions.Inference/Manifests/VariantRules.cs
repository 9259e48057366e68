using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Providers;
using PoseFunctions.Inference.Variants;

namespace PoseFunctions.Inference.Manifests;

/// <summary>What a manifest must say of its variants.</summary>
internal static class VariantRules
{
    /// <summary>Every fault in words; none for good variants.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<ModelVariant> variants) =>
        variants.SelectMany(Faults).Concat(
            variants.GroupBy(variant => variant.Name).Where(same => same.Count() > 1).Select(same => $"two variants are named '{same.Key}'"));

    private static IEnumerable<string> Faults(ModelVariant variant)
    {
        if (!ManifestRules.LowerCaseName().IsMatch(variant.Name) || variant.Name is ModelVariant.Exact or VariantChooser.Automatic)
        {
            yield return $"variant '{variant.Name}' needs a name of a-z, 0-9 and '-' other than {ModelVariant.Exact} and {VariantChooser.Automatic}";
        }

        if (!ManifestRules.IsPlain(variant.File))
        {
            yield return $"file '{variant.File}' of variant '{variant.Name}' must be a plain name beside the manifest";
        }

        if (variant.PsnrAgainstFp32 is not (> 0 and < 1000))
        {
            yield return $"psnrAgainstFp32 of variant '{variant.Name}' is {variant.PsnrAgainstFp32}; dB above 0 are expected";
        }

        foreach (var unknown in variant.Requires.SelectMany(either => either.Split('|')).Where(word => !IsKnown(word)))
        {
            yield return $"variant '{variant.Name}' requires '{unknown}', which is none of {ExecutionProvider.Cuda}, {string.Join(", ", ProcessorFeatures.Known.Order(StringComparer.Ordinal))}";
        }
    }

    private static bool IsKnown(string word) => word == ExecutionProvider.Cuda || ProcessorFeatures.Known.Contains(word);
}
