namespace PoseFunctions.Cli.Service;

/// <summary>A result that can be downloaded.</summary>
/// <param name="Href">Path of the image at the service.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="InputHash">The same for results that were made from the same; null from an older service.</param>
/// <param name="Coverage">Share of the person that the photo showed, 0 to 1; null where nobody tells.</param>
internal sealed record ResultView(string Href, string MediaType, string? InputHash = null, double? Coverage = null);
