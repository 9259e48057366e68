namespace PoseFunctions.Cli.Photos;

/// <summary>A photo that the command line means.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Its path below what was named, with slashes, fit to be printed: what people know it by.</param>
internal sealed record PhotoFile(string Path, string Name)
{
    /// <summary>
    /// The name that the service is told: folders stay in it, because the service keeps only what stands behind the last slash,
    /// and nothing that a form's header cannot carry.
    /// </summary>
    public string UploadName { get; } = string.Join('-', Name.Split('/', '\\', '"'));
}
