namespace PoseFunctions.Cli.Service;

/// <summary>A result that can be downloaded.</summary>
/// <param name="Href">Path of the image at the service.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record ResultView(string Href, string MediaType);
