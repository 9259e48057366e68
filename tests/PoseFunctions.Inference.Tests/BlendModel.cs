using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.Tests;

/// <summary>A generator of 4 x 4 pixels in a folder of its own: half the source plus the mean difference of the pose maps.</summary>
internal sealed class BlendModel : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("posefunctions-blend-").FullName;

    public BlendModel()
    {
        File.Copy(TestGraphs.Blend, Path.Combine(folder, "model.onnx"));
        Hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(TestGraphs.Blend)));
        File.WriteAllText(Path.Combine(folder, ManifestReader.FileName), $$"""
            { "schemaVersion": 1, "name": "blend", "version": "1.0.0", "kind": "generator", "architecture": "blend", "file": "model.onnx",
              "sha256": "{{Hash}}", "opset": 17, "license": "MIT", "description": "For tests.", "height": 4, "width": 4,
              "inputs": [
                { "name": "source_image", "role": "sourceImage", "type": "float32", "shape": ["batch", 3, 4, 4], "layout": "NCHW",
                  "mean": [0, 0, 0], "std": [1, 1, 1] },
                { "name": "source_pose", "role": "sourcePose", "type": "float32", "shape": ["batch", 18, 4, 4] },
                { "name": "target_pose", "role": "targetPose", "type": "float32", "shape": ["batch", 18, 4, 4] } ],
              "outputs": [ { "name": "generated_image", "role": "generatedImage", "type": "float32", "shape": ["batch", 3, 4, 4],
                "layout": "NCHW", "mean": [0, 0, 0], "std": [1, 1, 1] } ],
              "keypoints": { "order": {{JsonSerializer.Serialize(Skeleton.JointNames)}}, "sigma": 1.0 }, "labels": null,
              "fit": "letterbox", "decoder": null }
            """);
    }

    public string Hash { get; }

    public void Change(Action<JsonNode> change)
    {
        var path = Path.Combine(folder, ManifestReader.FileName);
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }

    public ModelManifest Read() => ManifestReader.Read(folder);

    public ModelSession Load() => Load(TestGraphs.Factory());

    public ModelSession Load(SessionFactory factory) => ModelSession.Load(Read(), folder, factory);

    /// <summary>Puts another graph beside the manifest.</summary>
    public string Add(string graph, string file)
    {
        File.Copy(graph, Path.Combine(folder, file));
        return file;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
