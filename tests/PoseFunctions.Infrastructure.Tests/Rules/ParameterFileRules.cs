using PoseFunctions.Infrastructure.Tests.Bicep;

namespace PoseFunctions.Infrastructure.Tests.Rules;

/// <summary>Parameter files give a template exactly what it asks for.</summary>
internal static class ParameterFileRules
{
    public static IEnumerable<string> Check(TemplateFolder folder)
    {
        foreach (var file in folder.ParameterFiles)
        {
            var path = file.Declarations.FirstOrDefault(declaration => declaration.Keyword == "using")?.Type ?? "";
            if (folder.FindTemplate(file.Resolve(path)) is not { } target)
            {
                yield return file.At(1, $"There is no template '{path}'.");
                continue;
            }

            var values = file.Parameters.Where(parameter => parameter.Value is not null).DistinctBy(parameter => parameter.Name)
                .ToDictionary(parameter => parameter.Name, parameter => parameter.Value!);
            foreach (var finding in ModuleRules.Arguments(file, 1, target, values))
            {
                yield return finding;
            }
        }
    }
}
