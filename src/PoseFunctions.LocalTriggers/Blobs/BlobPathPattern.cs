using System.Text;
using System.Text.RegularExpressions;

namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>
/// A container and a pattern for names in it, such as <c>uploads/{tenant}/{name}</c>. A token takes at least one character and
/// no slash; only the last takes the rest of the name, slashes and all.
/// </summary>
internal sealed partial class BlobPathPattern
{
    private readonly Regex pattern;

    private BlobPathPattern(string container, string prefix, Regex pattern, string[] tokens)
    {
        Container = container;
        Prefix = prefix;
        this.pattern = pattern;
        Tokens = tokens;
    }

    public string Container { get; }

    /// <summary>What every matching name starts with; may be empty.</summary>
    public string Prefix { get; }

    public IReadOnlyList<string> Tokens { get; }

    /// <exception cref="FormatException">The path has no container, or braces that do not match.</exception>
    public static BlobPathPattern Parse(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var container = slash < 0 ? path : path[..slash];
        var name = slash < 0 ? "{name}" : path[(slash + 1)..];
        if (container.Length == 0 || container.Contains('{', StringComparison.Ordinal) || name.Length == 0)
        {
            throw new FormatException($"'{path}' is no blob path: it must be container/name, the container without tokens.");
        }

        var tokens = Token().Matches(name);
        if (Token().Replace(name, string.Empty).AsSpan().ContainsAny('{', '}'))
        {
            throw new FormatException($"'{path}' has a brace that is not part of a {{token}}.");
        }

        var regex = new StringBuilder("^");
        var position = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            regex.Append(Regex.Escape(name[position..tokens[i].Index]));
            regex.Append(i == tokens.Count - 1 ? "(.+)" : "([^/]+)");
            position = tokens[i].Index + tokens[i].Length;
        }

        regex.Append(Regex.Escape(name[position..])).Append(@"\z");
        return new BlobPathPattern(
            container,
            tokens.Count == 0 ? name : name[..tokens[0].Index],
            new Regex(regex.ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)),
            [.. tokens.Select(token => token.Groups["name"].Value)]);
    }

    /// <summary>The values of the tokens in a name; null where the name does not match.</summary>
    public Dictionary<string, object?>? Match(string blobName)
    {
        var match = pattern.Match(blobName);
        if (!match.Success)
        {
            return null;
        }

        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Tokens.Count; i++)
        {
            values[Tokens[i]] = match.Groups[i + 1].Value;
        }

        return values;
    }

    [GeneratedRegex(@"\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Token();
}
