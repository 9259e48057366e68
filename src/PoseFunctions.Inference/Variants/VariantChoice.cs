using PoseFunctions.Core.Models;

namespace PoseFunctions.Inference.Variants;

/// <summary>Which of a model's graphs shall run.</summary>
/// <param name="Variant">The variant, or <see langword="null"/> for the exact graph.</param>
/// <param name="Refusal">Why it is not the one that was asked for, as the end of a sentence; otherwise <see langword="null"/>.</param>
internal readonly record struct VariantChoice(ModelVariant? Variant, string? Refusal = null)
{
    /// <summary>The variant's name, or <see cref="ModelVariant.Exact"/>.</summary>
    public string Name => Variant?.Name ?? ModelVariant.Exact;
}
