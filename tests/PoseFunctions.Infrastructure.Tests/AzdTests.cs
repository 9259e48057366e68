using System.Text.RegularExpressions;
using PoseFunctions.Infrastructure.Tests.Bicep;
using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests;

/// <summary>What azd runs and hands on is what the templates and scripts expect.</summary>
[Collection(TemplateCollection.Name)]
public sealed partial class AzdTests(CompiledTemplates templates)
{
    private static readonly string AzureYaml = File.ReadAllText(RepositoryRoot.Combine("azure.yaml"));
    private static readonly string AfterDeploy = File.ReadAllText(RepositoryRoot.Combine("infra", "scripts", "after-deploy"));

    [Fact]
    public void Services_ApiVersion_IsTheOneOfTheTemplates() => Assert.Equal(
        templates.Prod.Of("Microsoft.App/containerApps").Select(app => app["apiVersion"]!.ToString()),
        ApiVersion().Matches(AzureYaml).Select(match => match.Groups["version"].Value));

    [Fact]
    public void Files_AreThereAndScriptsCanBeRun()
    {
        var files = RepositoryFile().Matches(AzureYaml).Select(match => match.Value).ToArray();

        Assert.Equal(5, files.Length);
        Assert.All(files, file => Assert.True(File.Exists(RepositoryRoot.Combine(file)), $"There is no {file}."));
        Assert.All(
            files.Where(file => file.Contains("/scripts/", StringComparison.Ordinal)),
            file => Assert.True(File.GetUnixFileMode(RepositoryRoot.Combine(file)).HasFlag(UnixFileMode.UserExecute), $"{file} cannot be run."));
    }

    [Fact]
    public void Scripts_VariablesOfAzd_AreOutputsOfTheTemplate() => Assert.Empty(
        ShellVariable().Matches(AfterDeploy).Select(match => match.Groups["name"].Value).Distinct().Except(templates.Main.Outputs));

    [Fact]
    public void Scripts_ParametersOfTheSubscription_AreThoseOfItsTemplate() => Assert.Equal(
        templates.Subscription.Parameters.Order(), ShellParameter().Matches(AfterDeploy).Select(match => match.Groups["name"].Value).Order());

    [GeneratedRegex(@"apiVersion: (?<version>\S+)")]
    private static partial Regex ApiVersion();

    [GeneratedRegex(@"infra/(scripts|docker)/[\w.-]+")]
    private static partial Regex RepositoryFile();

    [GeneratedRegex(@"\$(?<name>[A-Z][A-Z_]+)")]
    private static partial Regex ShellVariable();

    [GeneratedRegex("(?<name>[a-z][A-Za-z]+)=\"\\$[A-Z_]+\"")]
    private static partial Regex ShellParameter();
}
