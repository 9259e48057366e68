using Microsoft.Extensions.Options;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Providers;

namespace PoseFunctions.Inference.Sessions;

/// <summary>What the ranges of single settings cannot say: names that the provider knows, and settings that need others.</summary>
internal sealed class ValidateProviderOptions(IOptions<BatchingOptions> batching) : IValidateOptions<InferenceOptions>
{
    public ValidateOptionsResult Validate(string? name, InferenceOptions options)
    {
        var faults = UnknownSettings(options).ToList();
        if (options.Cuda.Graphs && batching.Value.FixedSizes.Length == 0)
        {
            faults.Add("Inference:Cuda:Graphs needs Batching:FixedSizes, such as '1,4,8': a CUDA graph is recorded for one batch size.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> UnknownSettings(InferenceOptions options)
    {
        var known = options.Provider switch
        {
            ExecutionProvider.Cpu => [],
            ExecutionProvider.Cuda => ProviderSettings.KnownToCuda,
            ExecutionProvider.TensorRt => ProviderSettings.KnownToTensorRt,
            _ => null, // a provider that we do not know checks its settings itself
        };
        return known is null
            ? []
            : options.ProviderSettings.Keys.Where(setting => !known.Contains(setting)).Order(StringComparer.Ordinal).Select(setting =>
                $"Inference:ProviderSettings:{setting} is no setting of '{options.Provider}', which has {(known.Count == 0 ? "none" : string.Join(", ", known.Order(StringComparer.Ordinal)))}.");
    }
}
