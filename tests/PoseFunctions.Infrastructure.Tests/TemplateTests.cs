using PoseFunctions.Infrastructure.Tests.Arm;
using PoseFunctions.Infrastructure.Tests.Bicep;
using PoseFunctions.Infrastructure.Tests.Rules;
using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests;

/// <summary>The repository's templates and parameter files are without reproach.</summary>
[Collection(TemplateCollection.Name)]
public sealed class TemplateTests(CompiledTemplates templates)
{
    [Fact]
    public void Templates_Compiled_HaveNeitherErrorNorWarning() => Assert.Empty(templates.Findings);

    [Fact]
    public void Templates_RulesThatTheCompilerDoesNotKnow_AreKept() =>
        Assert.Empty(TemplateRules.Check(templates.Main).Concat(TemplateRules.Check(templates.Subscription)));

    [Fact]
    public void Templates_EveryModule_IsUsedByAnotherTemplate()
    {
        var files = Directory.GetFiles(RepositoryRoot.Combine("infra"), "*.bicep", SearchOption.AllDirectories);
        var text = string.Concat(files.Select(File.ReadAllText));

        Assert.All(
            files.Where(path => Path.GetDirectoryName(path)!.EndsWith("modules", StringComparison.Ordinal)),
            path => Assert.Contains($"{Path.GetFileName(path)}'", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Retention_InEveryEnvironment_KeepsRecordsLongerThanUploads() => Assert.All(templates.Deployments, deployment =>
    {
        var days = DaysByContainer(deployment);
        Assert.True(days["jobs"] > days["uploads"], "The sweep takes an upload without a record for a new one.");
        Assert.True(days["jobs"] >= days["results"], "Results without a record are found by nobody.");
    });

    [Fact]
    public void Retention_InEveryEnvironment_NamesEveryContainer() => Assert.All(templates.Deployments, deployment => Assert.Equal(
        deployment.NamesOf("Microsoft.Storage/storageAccounts/blobServices/containers", "photos").Order(), DaysByContainer(deployment).Keys.Order()));

    [Fact]
    public void Grants_TableOfTheDocumentation_SaysWhoMayDoWhatAndWhy()
    {
        var rows = File.ReadAllLines(RepositoryRoot.Combine("infra", "README.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(templates.Main.Grants);
        Assert.All(templates.Main.Grants, grant => Assert.Contains(
            rows, row => row.Contains($"| {grant.Role} |", StringComparison.Ordinal) && row.Contains(grant.Reason, StringComparison.Ordinal)));
    }

    private static Dictionary<string, int> DaysByContainer(Deployment deployment) =>
        deployment.Of("Microsoft.Storage/storageAccounts/managementPolicies").Single().Items("properties", "policy", "rules").ToDictionary(
            rule => rule.Items("definition", "filters", "prefixMatch").Single().ToString().TrimEnd('/'),
            rule => rule.At("definition", "actions", "baseBlob", "delete", "daysAfterModificationGreaterThan")!.GetValue<int>());
}
