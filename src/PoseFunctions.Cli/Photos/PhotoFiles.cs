using System.Collections.Frozen;
using System.IO.Enumeration;
using PoseFunctions.Cli.Display;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Cli.Photos;

/// <summary>Finds the photos that a command line names.</summary>
internal static class PhotoFiles
{
    private static readonly FrozenSet<string> Extensions =
        new[] { ".jpg", ".jpeg", ".png", ".webp", ".avif" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Files as they are named, whatever their extension, and the photos in and below the folders that are named, by path. Hidden
    /// files and folders are left out, and folders that are links: one may lead round for ever.
    /// </summary>
    /// <param name="named">Files and folders.</param>
    /// <param name="except">Files and folders that are none of it, because results go there; nulls are ignored.</param>
    /// <exception cref="UsageException">Something named does not exist, a file is no image, or a folder holds no photo.</exception>
    public static IReadOnlyList<PhotoFile> Find(IReadOnlyList<string> named, params IEnumerable<string?> except)
    {
        var others = except.OfType<string>().Select(Full).ToHashSet(StringComparer.Ordinal);
        var root = named.Select(path => Directory.Exists(path) ? Full(path) : Path.GetDirectoryName(Full(path))).Aggregate(CommonFolder);
        var paths = named.SelectMany(path => FindIn(path, others)).Distinct(StringComparer.Ordinal);
        return [.. paths.Select(path => new PhotoFile(path, NameOf(path, root)))];
    }

    /// <summary>The one photo that is named.</summary>
    /// <exception cref="UsageException">It does not exist, is no image, or is a folder.</exception>
    public static PhotoFile FindOne(string named) => Directory.Exists(named)
        ? throw new UsageException($"'{named}' is a folder; one photo is wanted.")
        : Find([named]).Single();

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static string NameOf(string path, string? root) =>
        Printable.Of(root is null ? Path.GetFileName(path) : Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'), '_');

    /// <summary>The lowest folder that holds both; null where none does.</summary>
    private static string? CommonFolder(string? one, string? other)
    {
        while (one is not null && other is not null && !IsWithin(one, other))
        {
            one = Path.GetDirectoryName(one);
        }

        return other is null ? null : one;
    }

    private static bool IsWithin(string folder, string path)
    {
        var start = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return path == folder || path.StartsWith(start, StringComparison.Ordinal);
    }

    private static string[] FindIn(string path, HashSet<string> except)
    {
        if (File.Exists(path))
        {
            RequireImage(path);
            return [Full(path)];
        }

        if (!Directory.Exists(path))
        {
            throw new UsageException($"There is no file or folder '{path}'.");
        }

        string[] photos = [.. PhotosBelow(Full(path), except).Order(StringComparer.Ordinal)];
        return photos.Length > 0
            ? photos
            : throw new UsageException($"The folder '{path}' holds no photo ({string.Join(", ", Extensions.Order(StringComparer.Ordinal))}).");
    }

    private static FileSystemEnumerable<string> PhotosBelow(string folder, HashSet<string> except) => new(
        folder,
        (ref entry) => entry.ToFullPath(),
        new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false })
    {
        ShouldIncludePredicate = (ref entry) =>
            !entry.IsDirectory && Extensions.Contains(Path.GetExtension(entry.FileName).ToString()) && !except.Contains(entry.ToFullPath()),
        ShouldRecursePredicate = (ref entry) =>
            !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && !except.Contains(entry.ToFullPath()),
    };

    /// <summary>What a pipe holds can be read only once, and is left to the service.</summary>
    private static void RequireImage(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[ImageSignature.Length];
        if (file.CanSeek && ImageSignature.Detect(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]) is null)
        {
            throw new UsageException($"'{path}' is no JPEG, PNG, WebP or AVIF, whatever its name says.");
        }
    }
}
