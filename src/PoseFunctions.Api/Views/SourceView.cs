namespace PoseFunctions.Api.Views;

/// <summary>The uploaded photo of a job. Width and height are those of the upright picture, null until it was decoded.</summary>
public sealed record SourceView(string Name, long Length, int? Width, int? Height);
