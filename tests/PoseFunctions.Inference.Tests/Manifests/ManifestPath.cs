using System.Globalization;
using System.Text.Json.Nodes;

namespace PoseFunctions.Inference.Tests.Manifests;

/// <summary>Changes one value of a manifest, such as <c>outputs[0].shape[1]</c>.</summary>
internal static class ManifestPath
{
    public static void Set(JsonNode manifest, string path, JsonNode? value)
    {
        var steps = path.Replace("]", string.Empty, StringComparison.Ordinal).Split('.', '[');
        var owner = steps[..^1].Aggregate(manifest, (node, step) => (node is JsonArray items ? items[Index(step)] : node[step])!);
        if (owner is JsonArray array)
        {
            array[Index(steps[^1])] = value;
        }
        else
        {
            owner[steps[^1]] = value;
        }
    }

    private static int Index(string step) => int.Parse(step, CultureInfo.InvariantCulture);
}
