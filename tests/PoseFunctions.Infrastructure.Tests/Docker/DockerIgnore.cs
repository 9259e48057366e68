using System.Text.RegularExpressions;
using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests.Docker;

/// <summary>
/// What <c>.dockerignore</c> leaves of the context: the last pattern that matches a path, or a folder that it is in, decides.
/// </summary>
internal sealed class DockerIgnore
{
    private readonly (Regex Pattern, bool Keeps)[] rules;

    public DockerIgnore(string text) => rules =
    [
        .. from line in text.Split('\n').Select(line => line.Trim())
           where line.Length > 0 && line[0] != '#'
           let keeps = line[0] == '!'
           select (ToRegex((keeps ? line[1..] : line).Trim('/')), keeps),
    ];

    public static DockerIgnore OfRepository() => new(File.ReadAllText(RepositoryRoot.Combine(".dockerignore")));

    /// <summary>Whether a file, by its path below the context, reaches the build.</summary>
    public bool Keeps(string path)
    {
        var keeps = true;
        var paths = Parents(path).ToArray();
        foreach (var (pattern, rule) in rules)
        {
            if (Array.Exists(paths, pattern.IsMatch))
            {
                keeps = rule;
            }
        }

        return keeps;
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
        {
            yield return path[..end];
        }

        yield return path;
    }

    private static Regex ToRegex(string pattern) => new(
        $"^{Regex.Escape(pattern).Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$",
        RegexOptions.CultureInvariant);
}
