namespace PoseFunctions.Api.Views;

/// <summary>A photo of a job's person.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Length">Bytes; null for a further photo that was not parsed yet.</param>
/// <param name="Width">Width of the upright picture in pixels; null until it was parsed.</param>
/// <param name="Height">Height of the upright picture in pixels; null until it was parsed.</param>
/// <param name="People">How many people were found in it; null until it was parsed, and for jobs from before it was kept.</param>
/// <param name="Person">
/// Where the person is whom the job is about: left and upper edge, width and height as fractions of the upright picture's, as requests
/// write boxes; null as <paramref name="People"/> is.
/// </param>
/// <param name="Turned">
/// By how many degrees clockwise the picture was turned so that the person stands: 0, 90, 180 or 270; null as <paramref name="People"/> is.
/// </param>
public sealed record SourceView(
    string Name, long? Length, int? Width, int? Height, int? People = null, IReadOnlyList<double>? Person = null, int? Turned = null);
