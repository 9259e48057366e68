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

    private IEnumerable<ModelManifest> Generators => All.Where(manifest => manifest.Kind == ModelKind.Generator);

    /// <summary>Reads every <c>{folder}/{model}/manifest.json</c>; none when the folder is not there.</summary>
    /// <exception cref="InfrastructureException">A manifest cannot be read.</exception>
    public static ManifestCatalog Load(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, ManifestFile, SearchOption.AllDirectories) : [];
        return new(files.Select(file => ModelManifestJson.Parse(File.ReadAllBytes(file), file)));
    }

    /// <summary>The generator of that name; null where it is not installed here.</summary>
    public ModelManifest? FindGenerator(string name) => Generators.FirstOrDefault(manifest => manifest.Name == name);

    /// <summary>The generator of that name; null where no manifest lies here, because then only the workers know.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.GeneratorUnknown"/>: others are installed.</exception>
    public ModelManifest? RequireGenerator(string name) => FindGenerator(name) ?? (Generators.Any()
        ? throw new RejectedException(
            FailureCodes.GeneratorUnknown,
            $"There is no generator '{name}'; installed: {string.Join(", ", Generators.Select(manifest => manifest.Name))}.")
        : null);
}
