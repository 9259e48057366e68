using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PoseFunctions.Infrastructure.Tests.Arm;

namespace PoseFunctions.Infrastructure.Tests.Rules;

/// <summary>What the compiler cannot know about a template. A finding is one sentence.</summary>
internal static partial class TemplateRules
{
    private const string Assignment = "Microsoft.Authorization/roleAssignments";

    public static IReadOnlyList<string> Check(ArmTemplate template) =>
        [.. Versions(template), .. Assignments(template), .. Keys(template.Json)];

    private static IEnumerable<string> Versions(ArmTemplate template) =>
        from resource in template.Resources
        group resource.ApiVersion by resource.Type into same
        where same.Distinct().Count() > 1
        select $"{same.Key} has the versions {string.Join(", ", same.Distinct().Order())}.";

    private static IEnumerable<string> Assignments(ArmTemplate template)
    {
        foreach (var assignment in template.Resources.Where(resource => resource.Type == Assignment))
        {
            if (assignment.Json.Text("properties", "description").Length == 0)
            {
                yield return $"{assignment} is assigned without a reason.";
            }

            if (assignment.Json.Text("scope").Length == 0)
            {
                yield return $"{assignment} is assigned on everything around it, not on one resource.";
            }
        }
    }

    private static IEnumerable<string> Keys(JsonNode node) => node switch
    {
        JsonObject named => named.Where(property => property.Value is not null).SelectMany(property => Keys(property.Value!)),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => Keys(item!)),
        _ => from Match read in KeyRead().Matches(node.ToString()) select $"{read.Groups["function"].Value} reads keys; sign in with an identity.",
    };

    [GeneratedRegex(@"^\[.*\b(?<function>list[A-Z]\w*)\(")]
    private static partial Regex KeyRead();
}
