using System.Text.Json.Nodes;

namespace PoseFunctions.Infrastructure.Tests.Arm;

internal static class JsonPath
{
    /// <summary>What lies at the end of a way of names; null where it ends before.</summary>
    public static JsonNode? At(this JsonNode? node, params string[] names) =>
        names.Aggregate(node, (current, name) => (current as JsonObject)?[name]);

    /// <summary>The text at the end of a way of names; empty where there is none.</summary>
    public static string Text(this JsonNode? node, params string[] names) => (node.At(names) as JsonValue)?.ToString() ?? "";

    /// <summary>The items of an array at the end of a way of names; none where there is none.</summary>
    public static IEnumerable<JsonNode> Items(this JsonNode? node, params string[] names) =>
        (node.At(names) as JsonArray ?? []).Select(item => item!);
}
