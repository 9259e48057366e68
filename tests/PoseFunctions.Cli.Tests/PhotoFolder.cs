namespace PoseFunctions.Cli.Tests;

/// <summary>A folder of files that start as photos do.</summary>
internal sealed class PhotoFolder : IDisposable
{
    private static readonly byte[] StartOfJpeg = [0xFF, 0xD8, 0xFF, 0xE0];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("posefunctions-cli-");

    public string Path => folder.FullName;

    /// <summary>A path in the folder.</summary>
    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Adds a photo, with the folders that its name says.</summary>
    /// <returns>Its path.</returns>
    public string Add(string name, string content = "") => Write(name, [.. StartOfJpeg, .. System.Text.Encoding.UTF8.GetBytes(content)]);

    /// <summary>Adds a file that is no photo.</summary>
    /// <returns>Its path.</returns>
    public string AddText(string name) => Write(name, "no photo"u8.ToArray());

    public void Dispose() => folder.Delete(recursive: true);

    private string Write(string name, byte[] content)
    {
        var path = Combine(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }
}
