using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Jobs;

/// <summary>A generated image in storage.</summary>
/// <param name="Format">Encoding.</param>
/// <param name="Width">Width of the file in pixels.</param>
/// <param name="Height">Height of the file in pixels.</param>
/// <param name="Length">Bytes.</param>
/// <param name="NativeWidth">Width at which the generator rendered the photo's content, before enlarging.</param>
/// <param name="NativeHeight">Height at which the generator rendered the photo's content, before enlarging.</param>
public sealed record JobResult(ImageFormat Format, int Width, int Height, long Length, int NativeWidth, int NativeHeight);
