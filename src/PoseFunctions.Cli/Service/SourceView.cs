namespace PoseFunctions.Cli.Service;

/// <summary>The photo of a job.</summary>
/// <param name="Name">File name that it was submitted with, as the service keeps it.</param>
internal sealed record SourceView(string Name);
