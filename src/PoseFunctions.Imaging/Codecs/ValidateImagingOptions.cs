using Microsoft.Extensions.Options;

namespace PoseFunctions.Imaging.Codecs;

/// <summary>Refuses a codec that this build does not have, in one sentence that lists those that it has.</summary>
internal sealed class ValidateImagingOptions(IEnumerable<CodecChoice> choices) : IValidateOptions<ImagingOptions>
{
    public ValidateOptionsResult Validate(string? name, ImagingOptions options) =>
        choices.Any(choice => choice.IsNamed(options.Codec))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{ImagingOptions.SectionName}:{nameof(ImagingOptions.Codec)} is '{options.Codec}'; this build has "
                + $"{string.Join(" and ", choices.Select(choice => $"'{choice.Name}'"))}.");
}
