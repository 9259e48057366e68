using System.Globalization;
using System.Text.Json;
using PoseFunctions.Core.Models;
using PoseFunctions.ModelImport.Onnx;

namespace PoseFunctions.ModelImport.Published;

/// <summary>Describes tensors of a converted graph for its manifest.</summary>
internal static class Tensors
{
    /// <summary>Name of the input, and its role.</summary>
    public const string Input = TensorRoles.Image;

    private const string Planar = "NCHW";

    /// <summary>The image that goes in.</summary>
    public static TensorSpecification Image(IReadOnlyList<int> item, float mean, float std) =>
        Of(Input, TensorRoles.Image, item) with { Mean = [mean, mean, mean], Std = [std, std, std] };

    /// <param name="name">Name in the graph.</param>
    /// <param name="role">What it is for.</param>
    /// <param name="item">Sizes without the batch.</param>
    public static TensorSpecification Of(string name, string role, IReadOnlyList<int> item) => new()
    {
        Name = name,
        Role = role,
        Type = "float32",
        Shape = [JsonElement.Parse($"\"{OnnxGraph.Batch}\""), .. item.Select(size => JsonElement.Parse(size.ToString(CultureInfo.InvariantCulture)))],
        Layout = item.Count == 3 ? Planar : null,
    };
}
