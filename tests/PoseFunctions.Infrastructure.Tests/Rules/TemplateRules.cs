using PoseFunctions.Infrastructure.Tests.Bicep;

namespace PoseFunctions.Infrastructure.Tests.Rules;

/// <summary>Everything that is checked about templates without a compiler. A finding is one sentence with its place.</summary>
internal static class TemplateRules
{
    public static IReadOnlyList<string> Check(TemplateFolder folder) =>
    [
        .. SymbolRules.Check(folder),
        .. ModuleRules.Check(folder),
        .. ParameterFileRules.Check(folder),
        .. ApiVersionRules.Check(folder),
        .. GrantRules.Check(folder),
        .. SecretRules.Check(folder),
    ];

    public static string At(this BicepFile file, int line, string message) => $"{file.Path}({line}): {message}";
}
