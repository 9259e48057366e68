using System.Globalization;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Providers;

namespace PoseFunctions.Inference.Variants;

/// <summary>Chooses among the graphs of a model by what is asked for and what the machine has.</summary>
/// <param name="precision"><see cref="ModelVariant.Exact"/>, <see cref="Automatic"/>, or a variant's name.</param>
/// <param name="minimumPsnr">In dB; less alike variants are not chosen automatically.</param>
/// <param name="processor">Of the machine that the graph will run on.</param>
internal sealed class VariantChooser(string precision, double minimumPsnr, ProcessorFeatures processor)
{
    /// <summary>Asks for the fastest variant that is alike enough.</summary>
    public const string Automatic = "auto";

    /// <param name="manifest">Lists the variants, the fastest first.</param>
    /// <param name="provider">The execution provider that sessions are built with.</param>
    public VariantChoice Choose(ModelManifest manifest, string provider)
    {
        var variants = manifest.Variants ?? [];
        switch (precision)
        {
            case ModelVariant.Exact:
                return new(null);
            case Automatic:
                return new(variants.FirstOrDefault(variant => variant.PsnrAgainstFp32 >= minimumPsnr && Missing(variant, provider) is null));
            default:
                var named = variants.FirstOrDefault(variant => variant.Name == precision);
                var missing = named is null ? "the model has no such variant" : Missing(named, provider);
                return missing is null ? new(named) : new(null, missing);
        }
    }

    /// <summary>What a variant needs and does not find here; <see langword="null"/> when it can run.</summary>
    private string? Missing(ModelVariant variant, string provider)
    {
        var forGpu = variant.Requires.Contains(ExecutionProvider.Cuda);
        if (forGpu != ExecutionProvider.IsNvidia(provider))
        {
            return string.Create(CultureInfo.InvariantCulture, $"it is made for {(forGpu ? "NVIDIA GPUs" : "the CPU")} and sessions run on '{provider}'");
        }

        var absent = variant.Requires.FirstOrDefault(either => !either.Split('|').Any(Available));
        return absent is null ? null : $"this processor lacks {absent.Replace("|", " and ", StringComparison.Ordinal)}";
    }

    private bool Available(string requirement) => requirement == ExecutionProvider.Cuda || processor.Has(requirement);
}
