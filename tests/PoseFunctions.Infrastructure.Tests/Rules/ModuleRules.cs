using PoseFunctions.Infrastructure.Tests.Bicep;

namespace PoseFunctions.Infrastructure.Tests.Rules;

/// <summary>Modules exist, get exactly the parameters that they declare, and have the outputs that are read.</summary>
internal static class ModuleRules
{
    public static IEnumerable<string> Check(TemplateFolder folder) =>
        folder.Templates.SelectMany(file => Calls(folder, file).Concat(Outputs(folder, file)).Concat(Lists(folder, file)));

    /// <summary>What is wrong with the values that are passed to a template's parameters.</summary>
    /// <param name="file">Who passes them.</param>
    /// <param name="line">Where.</param>
    /// <param name="target">Whose parameters they are.</param>
    /// <param name="passed">Values by name.</param>
    public static IEnumerable<string> Arguments(
        BicepFile file, int line, BicepFile target, IReadOnlyDictionary<string, BicepExpression> passed)
    {
        var declared = target.Parameters.ToDictionary(parameter => parameter.Name);
        var missing = declared.Values.Where(parameter => parameter.Value is null && !passed.ContainsKey(parameter.Name))
            .Select(parameter => file.At(line, $"{target} needs '{parameter.Name}', which is not passed."));
        var unknown = passed.Where(value => !declared.ContainsKey(value.Key))
            .Select(value => file.At(value.Value.Line, $"{target} has no parameter '{value.Key}'."));
        var wrong = from value in passed
                    where declared.ContainsKey(value.Key)
                    let parameter = declared[value.Key]
                    let type = TypeOf(file, value.Value)
                    where type is not null && type != parameter.Type
                    select file.At(value.Value.Line, $"'{parameter.Name}' of {target} is {parameter.Type}, not {type}.");
        var notAllowed = from value in passed
                         where declared.ContainsKey(value.Key) && value.Value is BicepText { Holes.Count: 0 }
                         let allowed = declared[value.Key].AllowedTexts
                         let text = ((BicepText)value.Value).Text
                         where allowed.Count > 0 && !allowed.Contains(text)
                         select file.At(value.Value.Line, $"'{value.Key}' of {target} cannot be '{text}'.");
        return [.. missing, .. unknown, .. wrong, .. notAllowed];
    }

    private static IEnumerable<string> Calls(TemplateFolder folder, BicepFile file)
    {
        foreach (var module in file.Modules)
        {
            if (folder.FindTemplate(file.Resolve(module.Type)) is not { } target)
            {
                yield return file.At(module.Line, $"There is no module '{module.Type}'.");
                continue;
            }

            var passed = (module.Body?.Find("params") as BicepObject)?.Properties.ToDictionary(property => property.Key.Text, property => property.Value);
            foreach (var finding in Arguments(file, module.Line, target, passed ?? []))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<string> Outputs(TemplateFolder folder, BicepFile file) =>
        from member in file.Expressions.OfType<BicepMember>()
        where member.Target is BicepMember { Name: "outputs", Target: BicepName }
        let symbol = ((BicepName)((BicepMember)member.Target).Target).Name
        let module = file.Modules.FirstOrDefault(module => module.Name == symbol)
        where module is not null
        let target = folder.FindTemplate(file.Resolve(module.Type))
        where target is not null && target.Outputs.All(output => output.Name != member.Name)
        select file.At(member.Line, $"{target} has no output '{member.Name}'.");

    private static IEnumerable<string> Lists(TemplateFolder folder, BicepFile file) =>
        from call in file.Expressions.OfType<BicepCall>()
        where call.Name == "loadJsonContent"
        let path = (call.Arguments[0] as BicepText)?.Text ?? ""
        where !folder.Lists.ContainsKey(file.Resolve(path))
        select file.At(call.Line, $"There is no list '{path}'.");

    // Null where it takes a compiler to know.
    private static string? TypeOf(BicepFile file, BicepExpression value) => value switch
    {
        BicepText => "string",
        BicepNumber => "int",
        BicepBoolean => "bool",
        BicepObject => "object",
        BicepArray or BicepLoop => "array",
        BicepCall { Name: "string" or "readEnvironmentVariable" or "uniqueString" or "guid" } => "string",
        BicepCall { Name: "int" } => "int",
        BicepCall { Name: "bool" or "empty" } => "bool",
        BicepCall { Name: "concat" } => "array",
        BicepName name => file.Declarations.FirstOrDefault(declaration => declaration.Name == name.Name) switch
        {
            { Keyword: "param" } parameter => parameter.Type,
            { Keyword: "var", Value: { } inner } => TypeOf(file, inner),
            _ => null,
        },
        _ => null,
    };
}
