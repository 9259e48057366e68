using PoseFunctions.Infrastructure.Tests.Bicep;

namespace PoseFunctions.Infrastructure.Tests.Rules;

/// <summary>Every name is declared, once, and used; functions are those that Bicep has.</summary>
internal static class SymbolRules
{
    // Bicep has more; a template that needs another one adds it here, spelt as the reference spells it.
    private static readonly string[] Functions =
    [
        "allowed", "az", "bool", "concat", "description", "empty", "environment", "guid", "int", "json", "loadJsonContent", "maxLength",
        "maxValue", "minLength", "minValue", "readEnvironmentVariable", "replace", "resourceGroup", "resourceId", "secure", "string",
        "subscription", "subscriptionResourceId", "tenant", "union", "uniqueString",
    ];

    public static IEnumerable<string> Check(TemplateFolder folder) => folder.Templates.Concat(folder.ParameterFiles).SelectMany(Check);

    private static IEnumerable<string> Check(BicepFile file)
    {
        var declared = file.Declarations.Where(declaration => declaration.Name.Length > 0 && declaration.Keyword != "output").ToArray();
        var names = declared.Select(declaration => declaration.Name).ToHashSet();
        var used = file.Declarations.Where(declaration => declaration.Value is not null).SelectMany(declaration => Used(declaration.Value!, [])).ToArray();

        var twice = from declaration in file.Declarations
                    where declaration.Name.Length > 0
                    group declaration by (declaration.Keyword == "output", declaration.Name) into same
                    where same.Count() > 1
                    select file.At(same.Last().Line, $"'{same.Key.Name}' is declared twice.");
        var unknown = from name in used where !names.Contains(name.Name) && !Functions.Contains(name.Name) select file.At(name.Line, $"'{name.Name}' is not declared.");
        var calls = from call in file.Expressions.OfType<BicepCall>()
                    where call.Function is BicepName name && !Functions.Contains(name.Name)
                    select file.At(call.Line, $"There is no function '{call.Name}'.");
        return [.. twice, .. unknown, .. calls, .. Unused(file, declared, used)];
    }

    private static IEnumerable<string> Unused(BicepFile file, BicepDeclaration[] declared, BicepName[] used)
    {
        var names = used.Select(name => name.Name).ToHashSet();
        var isParameterFile = file.Declarations.Any(declaration => declaration.Keyword == "using");
        return from declaration in declared
               where declaration.Keyword == "var" || (declaration.Keyword == "param" && !isParameterFile) || declaration.IsExisting
               where !names.Contains(declaration.Name)
               select file.At(declaration.Line, $"'{declaration.Name}' is never used.");
    }

    // Names that no loop around them declares.
    private static IEnumerable<BicepName> Used(BicepExpression expression, IReadOnlyList<string> loopVariables) => expression switch
    {
        BicepName name => loopVariables.Contains(name.Name) ? [] : [name],
        BicepLoop loop => Used(loop.Source, loopVariables).Concat(Used(loop.Body, [.. loopVariables, .. loop.Variables])),
        _ => expression.Parts.SelectMany(part => Used(part, loopVariables)),
    };
}
