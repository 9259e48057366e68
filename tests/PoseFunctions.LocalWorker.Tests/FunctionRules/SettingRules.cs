using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace PoseFunctions.LocalWorker.Tests.FunctionRules;

/// <summary>Settings and connections that attributes name.</summary>
internal static partial class SettingRules
{
    public static IEnumerable<FunctionRule> All(IReadOnlySet<string> settings) =>
    [
        new("setting", function => UnknownSetting(function, settings)),
        new("connection", function => UnknownConnection(function, settings)),
    ];

    // The host refuses to start a function whose %Name% it cannot resolve.
    private static IEnumerable<string> UnknownSetting(DeclaredFunction function, IReadOnlySet<string> settings) =>
        from text in Texts(function)
        from Match match in Setting().Matches(text)
        let name = match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)
        where !settings.Contains(name)
        select $"names the setting '{name}', which docs/settings.md does not know";

    // Without a connection the host takes its own storage, which is another account than that of the photos.
    private static IEnumerable<string> UnknownConnection(DeclaredFunction function, IReadOnlySet<string> settings) =>
        from binding in AllBindings(function)
        let property = binding.GetType().GetProperty("Connection")
        where property is not null
        let connection = (string?)property.GetValue(binding)
        where connection is null || !settings.Any(setting => setting == connection || setting.StartsWith($"{connection}:", StringComparison.Ordinal))
        select connection is null ? $"has no connection on {binding.GetType().Name}" : $"names the connection '{connection}', which no setting describes";

    private static IEnumerable<BindingAttribute> AllBindings(DeclaredFunction function) =>
        function.Bindings.Select(found => found.Binding)
            .Concat(function.MethodOutputs)
            .Concat(function.OutputProperties.Select(property => property.GetCustomAttribute<OutputBindingAttribute>()!));

    private static IEnumerable<string> Texts(DeclaredFunction function) =>
        from binding in AllBindings(function)
        from property in binding.GetType().GetProperties()
        where property.PropertyType == typeof(string)
        let text = (string?)property.GetValue(binding)
        where text is not null
        select text;

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}
