using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.Tests;

/// <summary>
/// A generator of 4 x 4 pixels in a folder of its own that shows what it is fed: red is the source's label, green the target's, blue
/// the noise times 16 plus 128.
/// </summary>
internal sealed class LabelsModel : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("posefunctions-labels-").FullName;

    public LabelsModel()
    {
        File.Copy(TestGraphs.Labels, Path.Combine(folder, "model.onnx"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(TestGraphs.Labels)));
        File.WriteAllText(Path.Combine(folder, ManifestReader.FileName), $$"""
            { "schemaVersion": 1, "name": "labels", "version": "1.0.0", "kind": "generator", "architecture": "labels", "file": "model.onnx",
              "sha256": "{{hash}}", "opset": 17, "license": "MIT", "description": "For tests.", "height": 4, "width": 4,
              "inputs": [
                { "name": "source_image", "role": "sourceImage", "type": "float32", "shape": ["batch", 3, 4, 4], "layout": "NCHW",
                  "mean": [0, 0, 0], "std": [1, 1, 1] },
                { "name": "source_parsing", "role": "sourceParsing", "type": "float32", "shape": ["batch", 4, 4, 4], "layout": "NCHW" },
                { "name": "target_parsing", "role": "targetParsing", "type": "float32", "shape": ["batch", 4, 4, 4], "layout": "NCHW" },
                { "name": "noise", "role": "noise", "type": "float32", "shape": ["batch", 16] } ],
              "outputs": [ { "name": "generated_image", "role": "generatedImage", "type": "float32", "shape": ["batch", 3, 4, 4],
                "layout": "NCHW", "mean": [0, 0, 0], "std": [1, 1, 1] } ],
              "labels": ["background", "skin", "clothes", "hair"],
              "labelMapping": { "background": ["background"], "skin": ["face", "arms", "legs"],
                "clothes": ["upper_clothes", "lower_clothes", "shoes"], "hair": ["hair"] },
              "fit": "letterbox", "decoder": null }
            """);
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
