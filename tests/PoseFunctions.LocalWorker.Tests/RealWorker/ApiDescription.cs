using System.Text.RegularExpressions;
using PoseFunctions.Testing;

namespace PoseFunctions.LocalWorker.Tests.RealWorker;

/// <summary>The checked-in description of the real worker's public API.</summary>
/// <param name="Types">Its types.</param>
/// <param name="LocalNamespaces">Namespaces that only the stand-in has.</param>
/// <param name="Bindable">What a parameter may be, by the kind of its binding.</param>
internal sealed partial record ApiDescription(
    IReadOnlyList<ApiType> Types, IReadOnlyList<string> LocalNamespaces, IReadOnlyDictionary<string, IReadOnlySet<string>> Bindable)
{
    /// <summary>Reads <c>worker-api.txt</c>.</summary>
    public static ApiDescription Load() =>
        Parse(File.ReadLines(RepositoryRoot.Combine("tests", "PoseFunctions.LocalWorker.Tests", "RealWorker", "worker-api.txt")));

    /// <summary>Reads the format that the file explains in its first lines.</summary>
    public static ApiDescription Parse(IEnumerable<string> lines)
    {
        var types = new List<ApiType>();
        var local = new List<string>();
        var bindable = new Dictionary<string, IReadOnlySet<string>>();
        var members = new List<string>();
        var space = "";
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            var words = line.Split(' ', 2);
            switch (words[0])
            {
                case "":
                    members.Add(line.Trim());
                    break;
                case "namespace":
                    space = words[1];
                    break;
                case "local":
                    local.Add(words[1]);
                    break;
                case "binds":
                    var (kind, names) = (words[1].Split(": ")[0], words[1].Split(": ")[1]);
                    bindable.Add(kind, names.Split(", ").ToHashSet());
                    break;
                default:
                    members = [];
                    types.Add(Header(line, space, members));
                    break;
            }
        }

        return new(types, local, bindable);
    }

    private static ApiType Header(string line, string space, List<string> members)
    {
        var match = TypeHeader().Match(line);
        if (!match.Success)
        {
            throw new FormatException($"This line declares no type: {line}");
        }

        if (match.Groups["signature"].Success)
        {
            members.Add(match.Groups["signature"].Value);
        }

        return new(space, match.Groups["kind"].Value, match.Groups["name"].Value, List("bases"), List("targets"), members);

        string[] List(string group) => match.Groups[group].Success ? ListSeparator().Split(match.Groups[group].Value) : [];
    }

    [GeneratedRegex(@"^(?<kind>(sealed |abstract |static )?class|enum|interface) (?<name>\w+)( : (?<bases>.+?))?( on (?<targets>.+))?$|^(?<kind>delegate) (?<signature>.* (?<name>\w+)\(.*)$")]
    private static partial Regex TypeHeader();

    // Not the commas between type arguments.
    [GeneratedRegex(", (?![^<]*>)")]
    private static partial Regex ListSeparator();
}
