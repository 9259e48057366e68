using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests.Docker;

/// <summary>The files that a build sees: the working copy without what <c>.dockerignore</c> leaves out.</summary>
/// <param name="Root">Folder of the context.</param>
/// <param name="Files">Paths below it, with forward slashes.</param>
internal sealed record BuildContext(string Root, IReadOnlyList<string> Files)
{
    public static BuildContext OfRepository()
    {
        var ignore = DockerIgnore.OfRepository();
        var top = new DirectoryInfo(RepositoryRoot.Path);
        var files = top.EnumerateFiles().Select(file => file.Name);

        // A folder of the root that is left out has nothing that is kept, and some of them are large.
        var nested = from folder in top.EnumerateDirectories()
                     where ignore.Keeps(folder.Name)
                     from path in Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories)
                     select Path.GetRelativePath(top.FullName, path);
        return new(top.FullName, [.. files.Concat(nested).Where(ignore.Keeps).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The files that a source of <c>COPY</c> means: a file, or everything in a folder.</summary>
    public IReadOnlyList<string> Match(string source)
    {
        var path = source.Trim('/');
        return path is "." or "" ? Files : [.. Files.Where(file => file == path || file.StartsWith($"{path}/", StringComparison.Ordinal))];
    }
}
