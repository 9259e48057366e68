using System.ComponentModel.DataAnnotations;

namespace PoseFunctions.Imaging.Codecs;

/// <summary>How images are decoded and encoded. Validated at start.</summary>
public sealed class ImagingOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Imaging";

    /// <summary>Name of the codec, one of those that this build has.</summary>
    [Required]
    public string Codec { get; set; } = CodecChoice.LibVips;
}
