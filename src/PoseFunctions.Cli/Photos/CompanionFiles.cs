namespace PoseFunctions.Cli.Photos;

/// <summary>The photos that go along with one to its job.</summary>
/// <param name="Sources">Further photos of the person, which the request names as sources.</param>
/// <param name="Scene">The photo that the request names as scene; null for none.</param>
internal sealed record CompanionFiles(IReadOnlyList<PhotoFile> Sources, PhotoFile? Scene)
{
    /// <summary>All of them.</summary>
    public IEnumerable<PhotoFile> All => Scene is null ? Sources : Sources.Append(Scene);
}
