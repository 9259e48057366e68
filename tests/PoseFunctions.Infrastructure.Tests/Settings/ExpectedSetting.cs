using System.Text.Json;
using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests.Settings;

/// <summary>A setting that an app can have, as <c>infra/expected-settings.json</c> lists it.</summary>
/// <param name="Name">Name of the environment variable; ending in <c>…</c> where the rest is free.</param>
/// <param name="Apps"><c>api</c>, <c>worker</c> or both.</param>
/// <param name="Reader"><c>options</c> for the app's own validated options, or who else reads it.</param>
/// <param name="Set"><c>template</c>, <c>image</c>, both, <c>platform</c>, or <c>default</c> where nobody has to.</param>
/// <param name="Example">A value such as it has on Azure.</param>
public sealed record ExpectedSetting(string Name, IReadOnlyList<string> Apps, string Reader, string Set, string? Example = null)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<ExpectedSetting> All { get; } =
        JsonSerializer.Deserialize<ExpectedSetting[]>(File.ReadAllText(RepositoryRoot.Combine("infra", "expected-settings.json")), Web)!;

    public bool IsOption => Reader == "options";

    public static IEnumerable<ExpectedSetting> Of(string app) => All.Where(setting => setting.Apps.Contains(app));

    /// <summary>Names of the settings of an app that something sets, such as the template or the image.</summary>
    public static IEnumerable<string> SetBy(string who, string app) =>
        Of(app).Where(setting => setting.Set.Contains(who, StringComparison.Ordinal)).Select(setting => setting.Name).Order(StringComparer.Ordinal);
}
