using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace PoseFunctions.Testing;

/// <summary>The published models of the shared test data, plugged in by manifest as a user would.</summary>
public static class PublishedModels
{
    /// <summary>The 17 joints of COCO in channel order.</summary>
    public static IReadOnlyList<string> CocoJoints { get; } =
    [
        "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow",
        "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    ];

    /// <summary>
    /// Puts into <paramref name="models"/> what finds people, and a parser with labels of its own; skips the test where its weights are absent.
    /// </summary>
    public static void Install(string models)
    {
        PeopleModels.Link(models, PeopleModels.Names.Take(2));
        Write(models, "clothes", "person_parsing_skin_clothes_hair_pan.onnx", """
            { "kind": "parsing", "architecture": "pan", "height": 512, "width": 512, "opset": 13, "license": "MIT",
              "inputs": [ { "name": "x.1", "role": "image", "type": "float32", "shape": [1, 3, 512, 512], "layout": "NCHW",
                "mean": [123.675, 116.28, 103.53], "std": [58.395, 57.12, 57.375] } ],
              "outputs": [ { "name": "1273", "role": "scores", "type": "float32", "shape": [1, 3, 512, 512] } ],
              "labels": ["background", "skin", "clothes", "hair"],
              "labelMapping": { "skin": ["face", "arms", "legs"], "clothes": ["upper_clothes", "lower_clothes", "shoes"] }, "fit": "uprightSquare", "decoder": { "type": "threshold", "threshold": 0.5 } }
            """);
    }

    private static void Write(string models, string name, string weights, string fields)
    {
        var source = SharedTestData.Require("weights", weights);
        var folder = Directory.CreateDirectory(Path.Combine(models, name)).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "model.onnx"), source);
        var manifest = JsonNode.Parse(fields)!.AsObject();
        manifest["schemaVersion"] = 1;
        manifest["name"] = name;
        manifest["version"] = "1.0.0";
        manifest["file"] = "model.onnx";
        manifest["sha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(source)));
        manifest["description"] = "A published model.";
        File.WriteAllText(Path.Combine(folder, "manifest.json"), manifest.ToJsonString());
    }
}
