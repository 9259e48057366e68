using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Transfers;

/// <summary>How results are written.</summary>
public sealed record OutputOptions
{
    public ImageFormat Format { get; init; } = ImageFormat.Jpeg;

    /// <summary>1 to 100; ignored by PNG.</summary>
    public int Quality { get; init; } = 90;

    /// <summary>
    /// Long side of the results in pixels, 16 to 4096; null for the photo's own, at most 1024. The aspect ratio is the photo's.
    /// </summary>
    public int? LongSide { get; init; }

    /// <summary>Whether pixels that are background before and after the transfer are taken from the photo, at its sharpness.</summary>
    public bool KeepBackground { get; init; }
}
