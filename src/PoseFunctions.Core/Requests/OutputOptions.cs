using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Requests;

/// <summary>How results are written.</summary>
/// <param name="Format">Encoding.</param>
/// <param name="Quality">1 to 100; ignored by PNG.</param>
/// <param name="LongSide">
/// Long side of the results in pixels, 16 to 4096; null for the photo's own, at most 1024. The aspect ratio is the photo's.
/// </param>
/// <param name="KeepBackground">
/// Whether pixels that are background before and after the transfer are taken from the photo, at its sharpness.
/// </param>
public sealed record OutputOptions(
    ImageFormat Format = ImageFormat.Jpeg, int Quality = 90, int? LongSide = null, bool KeepBackground = false);
