using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.People;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.Tests.People;

/// <summary>A model folder of one of the graphs that find what a test has written into the photo.</summary>
internal sealed class HandMadeModel : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("posefunctions-model-").FullName;

    /// <param name="graph">Name of the graph.</param>
    /// <param name="fields">What its manifest says besides name, file and licence, as JSON.</param>
    public HandMadeModel(string graph, string fields)
    {
        var file = File.ReadAllBytes(TestGraphs.PathOf(graph));
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), file);
        var manifest = JsonNode.Parse($$"""
            { "schemaVersion": 1, "name": "{{graph}}", "version": "1.0.0", "architecture": "{{graph}}", "file": "model.onnx", "opset": 17,
              "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(file))}}", "license": "MIT", "description": "For tests." }
            """)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
        {
            manifest[name] = value?.DeepClone();
        }

        File.WriteAllText(Manifest, manifest.ToJsonString());
    }

    private string Manifest => Path.Combine(folder, ManifestReader.FileName);

    /// <summary>Finds people in photos of 64 x 64 pixels, on a grid of two by two anchors; the first pixels say where.</summary>
    public static HandMadeModel Persons() => new("persons", """
        { "kind": "persons", "height": 64, "width": 64, "fit": "letterbox",
          "inputs": [ { "name": "image", "role": "image", "type": "float32", "shape": ["batch", 3, 64, 64], "mean": [0, 0, 0], "std": [1, 1, 1] } ],
          "outputs": [
            { "name": "boxes", "role": "boxes", "type": "float32", "shape": ["batch", 4, 8] },
            { "name": "box_scores", "role": "boxScores", "type": "float32", "shape": ["batch", 4, 1] } ],
          "decoder": { "type": "anchors", "minimumConfidence": 0.5, "strides": [32], "anchorsPerCell": 1 } }
        """);

    /// <summary>Finds the shoulders and the nose in squares of 8 x 8 pixels; the first pixels say where.</summary>
    public static HandMadeModel Landmarks() => new("landmarks", """
        { "kind": "landmarks", "height": 8, "width": 8, "fit": "uprightSquare",
          "inputs": [ { "name": "image", "role": "image", "type": "float32", "shape": ["batch", 3, 8, 8], "mean": [0, 0, 0], "std": [1, 1, 1] } ],
          "outputs": [
            { "name": "landmarks", "role": "landmarks", "type": "float32", "shape": ["batch", 15] },
            { "name": "person_mask", "role": "personMask", "type": "float32", "shape": ["batch", 1, 8, 8] },
            { "name": "features", "role": "features", "type": "float32", "shape": ["batch", 1, 8, 8] } ],
          "keypoints": { "order": ["right_shoulder", "left_shoulder", "nose"] },
          "decoder": { "type": "landmarks", "minimumConfidence": 0.5 } }
        """);

    /// <summary>Labels each pixel of a square by which of the inputs is the strongest there.</summary>
    public static HandMadeModel Roles() => new("roles", """
        { "kind": "parsing", "height": 8, "width": 8, "fit": "uprightSquare",
          "inputs": [
            { "name": "image", "role": "image", "type": "float32", "shape": ["batch", 3, 8, 8], "mean": [0, 0, 0], "std": [255, 255, 255] },
            { "name": "person_mask", "role": "personMask", "type": "float32", "shape": ["batch", 1, 8, 8] },
            { "name": "pose", "role": "pose", "type": "float32", "shape": ["batch", 18, 8, 8] },
            { "name": "features", "role": "features", "type": "float32", "shape": ["batch", 1, 8, 8] } ],
          "outputs": [ { "name": "scores", "role": "scores", "type": "float32", "shape": ["batch", 5, 8, 8] } ],
          "keypoints": { "order": ["nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow", "left_wrist",
            "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle", "right_eye", "left_eye", "right_ear", "left_ear"],
            "sigma": 0.3 },
          "labels": ["background", "hair", "face", "arms", "legs"],
          "decoder": { "type": "argmax", "minimumConfidence": 0.5 } }
        """);

    public HandMadeModel Change(Action<JsonNode> change)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Manifest))!;
        change(manifest);
        File.WriteAllText(Manifest, manifest.ToJsonString());
        return this;
    }

    public ModelSession Load() => ModelSession.Load(ManifestReader.Read(folder), folder, TestGraphs.Factory());

    /// <summary>Loads it for one photo at a time.</summary>
    public PhotoModel LoadForPhotos() => new(Load());

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
