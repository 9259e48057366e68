using PoseFunctions.Infrastructure.Tests.Bicep;
using PoseFunctions.Infrastructure.Tests.Rules;

namespace PoseFunctions.Infrastructure.Tests;

/// <summary>The repository's templates keep every rule that can be checked without a compiler.</summary>
public sealed class TemplateTests
{
    [Fact]
    public void Templates_AllRules_AreKept() => Assert.Empty(TemplateRules.Check(TemplateFolder.Repository));

    [Fact]
    public void Templates_EveryModule_IsDeployedByAnotherTemplate()
    {
        var called = from file in TemplateFolder.Repository.Templates from module in file.Modules select file.Resolve(module.Type);
        var modules = TemplateFolder.Repository.Templates.Select(file => file.Path).Where(path => path.StartsWith("modules/", StringComparison.Ordinal));

        Assert.Empty(modules.Except(called));
    }

    [Fact]
    public void ParameterFiles_BothEnvironments_AreThere() => Assert.Equal(
        ["parameters/dev.bicepparam", "parameters/prod.bicepparam"], TemplateFolder.Repository.ParameterFiles.Select(file => file.Path));

    [Fact]
    public void ParameterFiles_EveryEnvironment_KeepsRecordsLongerThanUploads()
    {
        Assert.All(TemplateFolder.Repository.ParameterFiles, file =>
        {
            var days = Retention(file);
            Assert.True(days["jobs"] > days["uploads"], $"{file}: the sweep takes an upload without a record for a new one.");
            Assert.True(days["jobs"] >= days["results"], $"{file}: results without a record are found by nobody.");
        });
    }

    [Fact]
    public void ParameterFiles_Retention_NamesEveryContainer()
    {
        var main = TemplateFolder.Repository.FindTemplate("main.bicep")!;
        var containers = Texts(main, "photoContainers").Append(((BicepText)Variable(main, "deadLetterContainer")).Text);

        Assert.All(TemplateFolder.Repository.ParameterFiles, file => Assert.Equal(containers.Order(), Retention(file).Keys.Order()));
    }

    [Fact]
    public void Grants_TableOfTheDocumentation_SaysWhoMayDoWhatAndWhy()
    {
        var documentation = File.ReadAllText(PoseFunctions.Testing.RepositoryRoot.Combine("infra", "README.md"));

        Assert.All(GrantRules.All(TemplateFolder.Repository), grant =>
        {
            Assert.Contains(GrantRules.TextOf(grant.Grant, "role"), documentation, StringComparison.Ordinal);
            Assert.Contains(GrantRules.TextOf(grant.Grant, "reason"), documentation, StringComparison.Ordinal);
        });
    }

    internal static BicepExpression Variable(BicepFile file, string name) =>
        file.Declarations.Single(declaration => declaration.Keyword == "var" && declaration.Name == name).Value!;

    internal static IEnumerable<string> Texts(BicepFile file, string variable) =>
        ((BicepArray)Variable(file, variable)).Items.Cast<BicepText>().Select(text => text.Text);

    private static Dictionary<string, long> Retention(BicepFile file) =>
        ((BicepArray)file.Parameters.Single(parameter => parameter.Name == "retention").Value!).Items.Cast<BicepObject>()
        .ToDictionary(rule => ((BicepText)rule.Find("container")!).Text, rule => ((BicepNumber)rule.Find("days")!).Value);
}
