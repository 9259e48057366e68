namespace PoseFunctions.Api.Views;

/// <summary>A generated image that can be downloaded.</summary>
/// <param name="Href">Path of the image.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Width">Width of the file in pixels.</param>
/// <param name="Height">Height of the file in pixels.</param>
/// <param name="Length">Bytes.</param>
/// <param name="NativeWidth">Width up to which the file has real detail: the generator's own, or the photo's where its pixels are carried over.</param>
/// <param name="NativeHeight">Height up to which the file has real detail.</param>
/// <param name="InputHash">
/// The same for results that the same model on the same kind of machine makes alike to the last bit; null for jobs from before it was kept.
/// </param>
/// <param name="Coverage">
/// Share of the person in the image that the photos of them showed, 0 to 1; the rest was invented. Null where the generator does not tell.
/// </param>
public sealed record ResultView(
    string Href, string MediaType, int Width, int Height, long Length, int NativeWidth, int NativeHeight, string? InputHash, double? Coverage = null);
