using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using PoseFunctions.Api.Configuration;
using PoseFunctions.Infrastructure.Tests.Bicep;
using PoseFunctions.Infrastructure.Tests.Docker;
using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests.Settings;

/// <summary>
/// One list of settings, and everybody agrees with it: the options that the apps validate, the templates, the images and the
/// documentation. What is added on one side only fails here.
/// </summary>
[Collection(TemplateCollection.Name)]
public sealed partial class SettingsTests(CompiledTemplates templates)
{
    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    public void Options_OfTheApp_AreThoseOfTheList(string app) => Assert.Equal(
        ExpectedSetting.Of(app).Where(setting => setting.IsOption).Select(setting => setting.Name).Order(StringComparer.Ordinal),
        AppOptions.Of(app).Names.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    public void Template_OfTheApp_SetsWhatTheListSays(string app) => Assert.Equal(
        ExpectedSetting.SetBy("template", app), TemplateSettings(app).Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    public void Image_OfTheApp_SetsWhatTheListSays(string app) => Assert.Equal(
        ExpectedSetting.SetBy("image", app), Dockerfile.Read($"Dockerfile.{app}").Environment.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    public void Options_WithTheValuesOfTheTemplate_AreValid(string app) => AppOptions.Of(app, Values(app)).Validate();

    [Theory]
    [InlineData("api", "Photos__queueServiceUri", null)]
    [InlineData("worker", "Photos__blobServiceUri", null)]
    [InlineData("worker", "Batching__MaxBatchSize", "100")]
    [InlineData("api", "OTEL_EXPORTER_OTLP_PROTOCOL", "smoke signals")]
    public void Options_WithoutAValueOfTheTemplateOrAWrongOne_EndTheStart(string app, string name, string? value)
    {
        var values = Values(app);
        values[name] = value;

        Assert.Throws<OptionsValidationException>(() => AppOptions.Of(app, values).Validate());
    }

    [Fact]
    public void Template_BodiesThatTheHostLetsThrough_AreMoreThanTheAppTakes() => Assert.True(
        long.Parse(TemplateSettings("api")["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"], CultureInfo.InvariantCulture) > new ApiOptions().MaxRequestBytes);

    [Fact]
    public void Documentation_OfSettings_ListsEveryOptionAndNothingThatNobodyReads()
    {
        var documented = Rows().SelectMany(row => SettingName().Matches(row.Split('|')[1]).Select(match => match.Groups["name"].Value)).ToArray();

        Assert.Empty(ExpectedSetting.All.Where(setting => setting.IsOption).Select(setting => setting.Name).Except(documented));
        Assert.Empty(documented.Except(ExpectedSetting.All.Select(setting => setting.Name)));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    public void Template_ValueOfASettingThatIsWrittenOut_IsTheOneOfTheImageToo(string app)
    {
        var image = Dockerfile.Read($"Dockerfile.{app}").Environment;
        var both = TemplateSettings(app).Where(setting => image.ContainsKey(setting.Key));

        Assert.All(both, setting => Assert.Equal(image[setting.Key], setting.Value));
    }

    [Fact]
    public void List_Names_AreThereOnce() => Assert.Distinct(ExpectedSetting.All.Select(setting => setting.Name));

    // What the template decides is taken from there, and from the list what only Azure knows.
    private Dictionary<string, string?> Values(string app)
    {
        var values = ExpectedSetting.Of(app).Where(setting => setting is { IsOption: true, Example: not null })
            .ToDictionary(setting => setting.Name, setting => setting.Example);
        foreach (var (name, value) in TemplateSettings(app).Where(setting => !setting.Value.StartsWith('[')))
        {
            values[name] = value;
        }

        return values;
    }

    private IReadOnlyDictionary<string, string> TemplateSettings(string app) => templates.Prod.App(app).Settings;

    private static IEnumerable<string> Rows() =>
        File.ReadLines(RepositoryRoot.Combine("docs", "settings.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal));

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex SettingName();
}
