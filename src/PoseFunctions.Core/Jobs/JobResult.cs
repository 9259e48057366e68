using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Jobs;

/// <summary>A generated image in storage.</summary>
/// <param name="Format">Encoding.</param>
/// <param name="Width">Width of the file in pixels.</param>
/// <param name="Height">Height of the file in pixels.</param>
/// <param name="Length">Bytes.</param>
/// <param name="NativeWidth">Width at which the generator rendered the photo's content, before enlarging.</param>
/// <param name="NativeHeight">Height at which the generator rendered the photo's content, before enlarging.</param>
/// <param name="InputHash">
/// SHA-256 over all that determines the file besides the model and the machine; null in records from before it was kept.
/// </param>
/// <param name="Coverage">
/// Share of the person in the result that the source photos showed, 0 to 1; what is left was invented. Null where the generator does
/// not tell.
/// </param>
/// <param name="LimbsInvented">Whether legs are in the result that no source photo showed.</param>
public sealed record JobResult(
    ImageFormat Format,
    int Width,
    int Height,
    long Length,
    int NativeWidth,
    int NativeHeight,
    string? InputHash = null,
    double? Coverage = null,
    bool LimbsInvented = false);
