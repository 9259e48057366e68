using System.Text.Json;
using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>All templates, parameter files and the lists beside them.</summary>
/// <param name="Templates">The <c>.bicep</c> files.</param>
/// <param name="ParameterFiles">The <c>.bicepparam</c> files.</param>
/// <param name="Lists">Flat JSON lists of the folder by path: names and their values.</param>
public sealed record TemplateFolder(
    IReadOnlyList<BicepFile> Templates,
    IReadOnlyList<BicepFile> ParameterFiles,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Lists)
{
    public const string ApiVersions = "api-versions.json";
    public const string RoleDefinitions = "role-definitions.json";

    private static readonly Lazy<TemplateFolder> LazyRepository = new(ReadRepository);

    /// <summary>What the repository has.</summary>
    public static TemplateFolder Repository => LazyRepository.Value;

    public BicepFile? FindTemplate(string path) => Templates.FirstOrDefault(template => template.Path == path);

    /// <summary>Makes a folder of texts by path; other files are passed over.</summary>
    public static TemplateFolder Of(IEnumerable<KeyValuePair<string, string>> files)
    {
        var all = files.ToArray();
        return new(
            [.. all.Where(file => file.Key.EndsWith(".bicep", StringComparison.Ordinal)).Select(file => BicepFile.Parse(file.Key, file.Value))],
            [.. all.Where(file => file.Key.EndsWith(".bicepparam", StringComparison.Ordinal)).Select(file => BicepFile.Parse(file.Key, file.Value))],
            all.Where(file => file.Key is ApiVersions or RoleDefinitions).ToDictionary(file => file.Key, file => (IReadOnlyDictionary<string, string>)ReadList(file.Value)));
    }

    private static TemplateFolder ReadRepository()
    {
        var root = RepositoryRoot.Combine("infra");
        return Of(
            from path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            let relative = Path.GetRelativePath(root, path).Replace('\\', '/')
            where relative != "main.bicepparam" // written by a deployment, and ignored by git
            orderby relative
            select KeyValuePair.Create(relative, File.ReadAllText(path)));
    }

    private static Dictionary<string, string> ReadList(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
}
