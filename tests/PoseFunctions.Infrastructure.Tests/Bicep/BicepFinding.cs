using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>What the compiler or its linter says about a template, be it an error or a warning.</summary>
/// <param name="Rule">Such as <c>BCP037</c> or <c>no-unused-params</c>.</param>
/// <param name="Path">File, below the folder that was compiled.</param>
/// <param name="Line">From 1.</param>
/// <param name="Message">In one sentence.</param>
internal sealed record BicepFinding(string Rule, string Path, int Line, string Message)
{
    /// <param name="sarif">What the compiler writes: one report a file that it compiled.</param>
    /// <param name="folder">That was compiled.</param>
    /// <exception cref="JsonException">The compiler wrote something else.</exception>
    public static IReadOnlyList<BicepFinding> Read(string sarif, string folder) =>
    [
        .. from report in Reports(sarif)
           from run in report["runs"]!.AsArray()
           from result in run!["results"]!.AsArray()
           let place = result["locations"]![0]!["physicalLocation"]!
           let path = new Uri(place["artifactLocation"]!["uri"]!.GetValue<string>()).LocalPath
           select new BicepFinding(
               result["ruleId"]!.GetValue<string>(),
               System.IO.Path.GetRelativePath(folder, path),
               place["region"]!["startLine"]!.GetValue<int>(),
               result["message"]!["text"]!.GetValue<string>()),
    ];

    public override string ToString() => $"{Path}({Line}): {Rule}: {Message}";

    private static List<JsonNode> Reports(string sarif)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(sarif), new JsonReaderOptions { AllowMultipleValues = true });
        var reports = new List<JsonNode>();
        while (reader.Read())
        {
            reports.Add(JsonNode.Parse(ref reader)!);
        }

        return reports;
    }
}
