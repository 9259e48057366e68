using System.Text.Json.Serialization;

namespace PoseFunctions.Benchmarks;

/// <summary>What the Python process says when its module is built.</summary>
/// <param name="PyTorch">Version.</param>
/// <param name="Parameters">Of the module.</param>
/// <param name="Folder">Model folder whose graph has the module's weights.</param>
internal sealed record PyTorchReady(
    [property: JsonPropertyName("pytorch")] string PyTorch,
    [property: JsonPropertyName("parameters")] long Parameters,
    [property: JsonPropertyName("folder")] string Folder);
