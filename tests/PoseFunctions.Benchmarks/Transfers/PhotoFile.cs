namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>A photo on disk.</summary>
/// <param name="FullPath">Where it is.</param>
internal sealed record PhotoFile(string FullPath)
{
    /// <summary>Its name without the extension.</summary>
    public string Name => Path.GetFileNameWithoutExtension(FullPath);
}
