using PoseFunctions.LocalWorker.Tests.RealWorker;

namespace PoseFunctions.LocalWorker.Tests.FunctionRules;

/// <summary>All rules over the functions of an app.</summary>
/// <param name="description">What the real worker binds.</param>
/// <param name="settings">Names of the settings that are documented, such as <c>Storage:ConnectionString</c>.</param>
internal sealed class FunctionRules(ApiDescription description, IReadOnlySet<string> settings)
{
    private readonly FunctionRule[] rules = [.. DeclarationRules.All, .. HttpRules.All, .. BindingRules.All(description), .. SettingRules.All(settings)];

    /// <summary>The problems of the functions that the classes declare together, as an app does.</summary>
    public IReadOnlyList<string> Check(IEnumerable<Type> classes)
    {
        var functions = DeclaredFunction.In(classes);
        return
        [
            .. from function in functions
               from rule in rules
               from problem in rule.Problems(function)
               select $"{rule.Id}: {function} {problem}",
            .. from same in functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
               where same.Count() > 1
               select $"AZFW0017: {string.Join(" and ", same)} have the same name '{same.Key}'",
        ];
    }
}
