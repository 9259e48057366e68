using System.Text.RegularExpressions;
using PoseFunctions.Infrastructure.Tests.Bicep;

namespace PoseFunctions.Infrastructure.Tests.Rules;

/// <summary>Whoever may do something may do it by a role that the list names, for a reason that is written down.</summary>
internal static partial class GrantRules
{
    private const string AssignmentType = "Microsoft.Authorization/roleAssignments@";
    private const int ShortestReason = 20;

    public static IEnumerable<string> Check(TemplateFolder folder)
    {
        var roles = folder.Lists.GetValueOrDefault(TemplateFolder.RoleDefinitions) ?? new Dictionary<string, string>();
        return
        [
            .. folder.Templates.SelectMany(Ids),
            .. folder.Templates.SelectMany(Assignments),
            .. Grants(folder, roles),
            .. from role in roles where !Guid.TryParse(role.Value, out _) select $"{TemplateFolder.RoleDefinitions}: '{role.Value}' is no id of a role.",
        ];
    }

    /// <summary>Every grant of every template.</summary>
    public static IEnumerable<(BicepFile File, BicepDeclaration Module, BicepObject Grant)> All(TemplateFolder folder) =>
        from file in folder.Templates
        from module in file.Modules
        where module.Body?.Find("params", "grants") is BicepArray
        from grant in ((BicepArray)module.Body!.Find("params", "grants")!).Items.OfType<BicepObject>()
        select (file, module, grant);

    public static string TextOf(BicepObject grant, string property) => (grant.Find(property) as BicepText)?.Text ?? "";

    private static IEnumerable<string> Ids(BicepFile file) =>
        from text in file.Expressions.OfType<BicepText>()
        where Id().IsMatch(text.Text)
        select file.At(text.Line, $"An id is written out; take the role from {TemplateFolder.RoleDefinitions} by its name.");

    private static IEnumerable<string> Assignments(BicepFile file)
    {
        foreach (var assignment in file.Resources.Where(resource => resource.Type.StartsWith(AssignmentType, StringComparison.Ordinal)))
        {
            if (assignment.Body?.Find("properties", "description") is not (BicepMember { Name: "reason" } or BicepText { Text.Length: >= ShortestReason }))
            {
                yield return file.At(assignment.Line, "A role is assigned without a reason.");
            }

            if (assignment.Body?.Find("scope") is null)
            {
                yield return file.At(assignment.Line, "A role is assigned on everything around it, not on one resource.");
            }
        }
    }

    private static IEnumerable<string> Grants(TemplateFolder folder, IReadOnlyDictionary<string, string> roles)
    {
        var grants = All(folder).ToArray();
        var unfounded = from grant in grants
                        where TextOf(grant.Grant, "reason").Length < ShortestReason
                        select grant.File.At(grant.Grant.Line, "A role is granted without a reason.");
        var unknown = from grant in grants
                      where !roles.ContainsKey(TextOf(grant.Grant, "role"))
                      select grant.File.At(grant.Grant.Line, $"'{TextOf(grant.Grant, "role")}' is not in {TemplateFolder.RoleDefinitions}.");
        var idle = from role in roles.Keys.Except(grants.Select(grant => TextOf(grant.Grant, "role")))
                   select $"{TemplateFolder.RoleDefinitions}: nobody is granted '{role}'.";
        return [.. unfounded, .. unknown, .. idle];
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")]
    private static partial Regex Id();
}
