using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace PoseFunctions.Inference.Batching;

/// <summary>What the ranges of single settings cannot say: fixed sizes ascend and reach the maximum batch size.</summary>
internal sealed partial class ValidateFixedSizes : IValidateOptions<BatchingOptions>
{
    public ValidateOptionsResult Validate(string? name, BatchingOptions options)
    {
        if (options.FixedSizes.Length == 0 || !Sizes().IsMatch(options.FixedSizes))
        {
            return ValidateOptionsResult.Skip; // nothing to check, or the setting's own rule names the fault
        }

        var sizes = options.Fixed;
        return sizes.Zip(sizes.Skip(1)).All(pair => pair.First < pair.Second) && sizes[^1] is <= 64 && sizes[^1] >= options.MaxBatchSize
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Batching:FixedSizes is '{options.FixedSizes}'; sizes must ascend, and the last be at least Batching:MaxBatchSize ({options.MaxBatchSize}) and at most 64.");
    }

    [GeneratedRegex(BatchingOptions.SizesPattern)]
    private static partial Regex Sizes();
}
