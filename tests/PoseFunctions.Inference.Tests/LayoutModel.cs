using System.Text.Json.Nodes;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.Tests;

/// <summary>The tests' layout model, in a folder of its own whose manifest can be changed.</summary>
internal sealed class LayoutModel : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("posefunctions-layout-").FullName;

    public LayoutModel()
    {
        foreach (var file in Directory.EnumerateFiles(TestGraphs.Layout))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    public void Change(Action<JsonNode> change)
    {
        var path = Path.Combine(folder, ManifestReader.FileName);
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }

    public ModelSession Load() => ModelSession.Load(ManifestReader.Read(folder), folder, TestGraphs.Factory());

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
