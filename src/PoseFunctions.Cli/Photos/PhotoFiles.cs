using System.Collections.Frozen;

namespace PoseFunctions.Cli.Photos;

/// <summary>Finds the photos that a command line names.</summary>
internal static class PhotoFiles
{
    private static readonly FrozenSet<string> Extensions =
        new[] { ".jpg", ".jpeg", ".png", ".webp", ".avif" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Files as they are named, whatever their extension, and the photos directly in the folders that are named, by name.
    /// </summary>
    /// <exception cref="UsageException">Something named does not exist, or a folder holds no photo.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths) => [.. paths.SelectMany(FindIn).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> FindIn(string path)
    {
        if (File.Exists(path))
        {
            return [Path.GetFullPath(path)];
        }

        if (!Directory.Exists(path))
        {
            throw new UsageException($"There is no file or folder '{path}'.");
        }

        string[] photos = [.. Directory.EnumerateFiles(path).Where(file => Extensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal)];
        return photos.Length > 0
            ? photos.Select(Path.GetFullPath)
            : throw new UsageException($"The folder '{path}' holds no photo ({string.Join(", ", Extensions.Order(StringComparer.Ordinal))}).");
    }
}
