using PoseFunctions.Infrastructure.Tests.Bicep;

namespace PoseFunctions.Infrastructure.Tests.Rules;

/// <summary>Every resource has the version that one list gives its type, and the list has no other type.</summary>
internal static class ApiVersionRules
{
    public static IEnumerable<string> Check(TemplateFolder folder)
    {
        if (!folder.Lists.TryGetValue(TemplateFolder.ApiVersions, out var versions))
        {
            return [];
        }

        var used = (from file in folder.Templates from resource in file.Resources select (File: file, Resource: resource, Type: Split(resource.Type))).ToArray();
        var wrong = from use in used
                    let version = versions.GetValueOrDefault(use.Type.Name)
                    where version != use.Type.Version
                    select use.File.At(use.Resource.Line, $"{use.Type.Name} has version '{use.Type.Version}', and {TemplateFolder.ApiVersions} says '{version}'.");
        var idle = versions.Keys.Except(used.Select(use => use.Type.Name)).Select(type => $"{TemplateFolder.ApiVersions}: nothing is a {type}.");
        return [.. wrong, .. idle];
    }

    private static (string Name, string Version) Split(string type) =>
        type.Split('@') is [var name, var version] ? (name, version) : (type, "");
}
