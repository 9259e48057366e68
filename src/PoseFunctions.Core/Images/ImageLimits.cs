using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PoseFunctions.Core.Images;

/// <summary>What may come in. Everything here is checked before a pixel is decoded.</summary>
public sealed class ImageLimits
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "ImageLimits";

    /// <summary>Largest file, in bytes.</summary>
    [Range(1, 100_000_000)]
    public long MaxBytes { get; set; } = 25_000_000;

    /// <summary>Largest picture, in pixels.</summary>
    [Range(1, 200_000_000)]
    public long MaxPixels { get; set; } = 50_000_000;

    /// <summary>Shortest permitted side, in pixels.</summary>
    [Range(1, 4096)]
    public int MinSide { get; set; } = 32;
}

[OptionsValidator]
internal sealed partial class ValidateImageLimits : IValidateOptions<ImageLimits>;
