using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Models;

namespace PoseFunctions.Api.Models;

/// <summary>The manifests that lie beside this app. Read-only after start.</summary>
public sealed class ManifestCatalog
{
    private const string ManifestFile = "manifest.json";

    /// <param name="manifests">Every installed model's manifest.</param>
    public ManifestCatalog(IEnumerable<ModelManifest> manifests) =>
        All = [.. manifests.OrderBy(manifest => manifest.Kind).ThenBy(manifest => manifest.Name, StringComparer.Ordinal)];

    /// <summary>All models, generators first, then by name.</summary>
    public IReadOnlyList<ModelManifest> All { get; }

    /// <summary>Reads every <c>{folder}/{model}/manifest.json</c>; none when the folder is not there.</summary>
    /// <exception cref="InfrastructureException">A manifest cannot be read.</exception>
    public static ManifestCatalog Load(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, ManifestFile, SearchOption.AllDirectories) : [];
        return new(files.Select(file => ModelManifestJson.Parse(File.ReadAllBytes(file), file)));
    }

    /// <summary>Refuses a generator that is not installed. With no manifest here, only the workers know.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.GeneratorUnknown"/>.</exception>
    public void RequireGenerator(string name)
    {
        var generators = All.Where(manifest => manifest.Kind == ModelKind.Generator).Select(manifest => manifest.Name).ToArray();
        if (generators.Length > 0 && !generators.Contains(name, StringComparer.Ordinal))
        {
            throw new RejectedException(
                FailureCodes.GeneratorUnknown, $"There is no generator '{name}'; installed: {string.Join(", ", generators)}.");
        }
    }
}
