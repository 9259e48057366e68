using System.Text.RegularExpressions;
using PoseFunctions.Infrastructure.Tests.Bicep;

namespace PoseFunctions.Infrastructure.Tests.Rules;

/// <summary>
/// Keys are read by nobody, outputs hold no secret, and a secret of a vault goes nowhere but into a parameter that hides it.
/// </summary>
internal static partial class SecretRules
{
    private const string VaultRead = "getSecret";

    public static IEnumerable<string> Check(TemplateFolder folder) => folder.Templates.SelectMany(file => Check(folder, file));

    private static IEnumerable<string> Check(TemplateFolder folder, BicepFile file)
    {
        var secrets = file.Parameters.Where(parameter => parameter.IsSecure).Select(parameter => parameter.Name).ToHashSet();
        var told = from output in file.Outputs
                   where output.Value!.All.Any(part => part is BicepMember member && SecretName().IsMatch(member.Name))
                      || output.Value.All.Any(part => part is BicepName name && secrets.Contains(name.Name))
                   select file.At(output.Line, $"The output '{output.Name}' is a secret.");
        var open = from parameter in file.Parameters
                   where !parameter.IsSecure && SecretName().IsMatch(parameter.Name)
                   select file.At(parameter.Line, $"'{parameter.Name}' is a secret by its name, and not secure.");
        var listed = from call in file.Expressions.OfType<BicepCall>()
                     where call.Name.StartsWith("list", StringComparison.Ordinal)
                     select file.At(call.Line, $"{call.Name} reads keys; sign in with an identity.");
        return [.. told, .. open, .. listed, .. VaultReads(folder, file)];
    }

    private static IEnumerable<string> VaultReads(TemplateFolder folder, BicepFile file)
    {
        var hidden = (from module in file.Modules
                      let target = folder.FindTemplate(file.Resolve(module.Type))
                      where target is not null && module.Body?.Find("params") is BicepObject
                      from property in ((BicepObject)module.Body!.Find("params")!).Properties
                      where target.Parameters.Any(parameter => parameter.IsSecure && parameter.Name == property.Key.Text)
                      select property.Value).ToArray();
        return from call in file.Expressions.OfType<BicepCall>()
               where call.Name == VaultRead && !hidden.Any(value => ReferenceEquals(value, call))
               select file.At(call.Line, "A vault's secret goes only into a secure parameter of a module.");
    }

    [GeneratedRegex("(?i)(key|keys|secret|password|connectionString|token)$")]
    private static partial Regex SecretName();
}
