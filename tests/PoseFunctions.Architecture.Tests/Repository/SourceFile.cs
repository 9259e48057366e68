namespace PoseFunctions.Architecture.Tests.Repository;

/// <summary>A C# file.</summary>
/// <param name="Project">The project it belongs to.</param>
/// <param name="Path">Path below the project's folder, with forward slashes.</param>
/// <param name="Text">Its content.</param>
public sealed record SourceFile(string Project, string Path, string Text)
{
    public override string ToString() => $"{Project}/{Path}";
}
