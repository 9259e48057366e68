using PoseFunctions.Infrastructure.Tests.Bicep;

namespace PoseFunctions.Infrastructure.Tests;

/// <summary>The compiler, as it is set up here, and our own rules find what they are there for.</summary>
public sealed class BrokenTemplateTests(BrokenTemplates templates) : IClassFixture<BrokenTemplates>
{
    public static TheoryData<string> Names => [.. BrokenTemplate.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_TemplateBrokenInOnePlace_SaysSo(string name)
    {
        var found = string.Join('\n', templates.FindingsOf(name));

        Assert.Contains(BrokenTemplate.All[name].Finding, found, StringComparison.Ordinal);
    }
}
