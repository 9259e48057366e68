using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.Manifests;

/// <summary>The models that are installed under <see cref="InferenceOptions.ModelsPath"/>. Read-only after start.</summary>
public sealed class ModelCatalog
{
    private readonly Dictionary<string, (ModelManifest Manifest, string Folder)> byName;

    /// <exception cref="MissingDependencyException">The folder does not exist.</exception>
    /// <exception cref="ManifestMismatchException">A manifest says nonsense, or two models have one name.</exception>
    public ModelCatalog(IOptions<InferenceOptions> options)
    {
        var root = Path.GetFullPath(options.Value.ModelsPath, AppContext.BaseDirectory);
        if (!Directory.Exists(root))
        {
            throw new MissingDependencyException(
                $"The models folder {root} does not exist; set {InferenceOptions.SectionName}:{nameof(InferenceOptions.ModelsPath)} to the folder that holds the models.");
        }

        byName = new(StringComparer.Ordinal);
        foreach (var folder in Directory.EnumerateDirectories(root).Where(HasManifest).Order(StringComparer.Ordinal))
        {
            var manifest = ManifestReader.Read(folder);
            if (!byName.TryAdd(manifest.Name, (manifest, folder)))
            {
                throw new ManifestMismatchException(folder, [$"another model is named '{manifest.Name}' too: {byName[manifest.Name].Folder}"]);
            }
        }
    }

    public IEnumerable<ModelManifest> All => byName.Values.Select(model => model.Manifest);

    /// <summary>All models of one kind, by name.</summary>
    public IEnumerable<ModelManifest> OfKind(ModelKind kind) => All.Where(manifest => manifest.Kind == kind);

    /// <summary>The folder that a model's files are in.</summary>
    public string FolderOf(ModelManifest manifest) => byName[manifest.Name].Folder;

    /// <summary>The model of a kind that the settings name, or the only one there is.</summary>
    /// <exception cref="MissingDependencyException">None fits, or several do and none is named.</exception>
    public ModelManifest Choose(ModelKind kind, string? name)
    {
        var all = OfKind(kind).Where(manifest => name is null || manifest.Name == name).ToList();
        return all is [var only]
            ? only
            : throw new MissingDependencyException(
                $"One {kind.ToString().ToLowerInvariant()} model{(name is null ? string.Empty : $" named '{name}'")} is needed; installed: "
                + $"{string.Join(", ", OfKind(kind).Select(manifest => manifest.Name).DefaultIfEmpty("none"))}.");
    }

    /// <summary>As <see cref="Choose"/>, but null where none is installed and none is named.</summary>
    /// <inheritdoc cref="Choose"/>
    public ModelManifest? Find(ModelKind kind, string? name) => name is null && !OfKind(kind).Any() ? null : Choose(kind, name);

    private static bool HasManifest(string folder) => File.Exists(Path.Combine(folder, ManifestReader.FileName));
}
