using System.Diagnostics;
using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests.Docker;

/// <summary>The files that a build sees: those that git knows or would take, without what <c>.dockerignore</c> leaves out.</summary>
/// <param name="Root">Folder of the context.</param>
/// <param name="Files">Paths below it, with forward slashes.</param>
internal sealed record BuildContext(string Root, IReadOnlyList<string> Files)
{
    public static BuildContext OfRepository()
    {
        var ignore = DockerIgnore.OfRepository();
        return new(RepositoryRoot.Path, [.. Listed().Where(path => ignore.Keeps(path) && File.Exists(RepositoryRoot.Combine(path)))]);
    }

    /// <summary>The files that a source of <c>COPY</c> means: a file, or everything in a folder.</summary>
    public IReadOnlyList<string> Match(string source)
    {
        var path = source.Trim('/');
        return path is "." or "" ? Files : [.. Files.Where(file => file == path || file.StartsWith($"{path}/", StringComparison.Ordinal))];
    }

    private static string[] Listed()
    {
        var start = new ProcessStartInfo("git", ["-C", RepositoryRoot.Path, "ls-files", "--cached", "--others", "--exclude-standard"])
        {
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var listed = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? listed.Split('\n', StringSplitOptions.RemoveEmptyEntries) : throw new InvalidOperationException("git ls-files failed.");
    }
}
