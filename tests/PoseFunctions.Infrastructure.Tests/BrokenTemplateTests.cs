using PoseFunctions.Infrastructure.Tests.Bicep;
using PoseFunctions.Infrastructure.Tests.Rules;

namespace PoseFunctions.Infrastructure.Tests;

/// <summary>Every rule finds what it is there for: one broken template each.</summary>
public sealed class BrokenTemplateTests
{
    private const string Store = """
        param name string
        @allowed(['LRS', 'ZRS'])
        param sku string = 'LRS'
        @secure()
        param hidden string = ''
        resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
          name: name
          sku: { name: sku, tier: hidden }
        }
        output id string = account.id
        """;

    private const string Versions = """{ "Microsoft.Storage/storageAccounts": "2023-05-01" }""";

    [Fact]
    public void Check_SoundTemplate_FindsNothing() => Assert.Empty(Check("""
        param names array
        var first = names[0]
        module store 'modules/store.bicep' = [for (name, index) in names: if (!empty(name)) {
          name: 'store-${index}'
          params: { name: name, sku: index > 0 ? 'LRS' : first }
        }]
        """));

    [Theory]
    [InlineData("param a string = 'x", "A string has no end")]
    [InlineData("var a = 'x${b'", "A ${ has no end")]
    [InlineData("var a = '''x", "A string has no end")]
    [InlineData("var a = [1, 2", "']'")]
    [InlineData("var a = { b: 1", "'}'")]
    [InlineData("var a = union({}, {}", "','")]
    [InlineData("var a = { b: 1 c: 2 }", "A new line, a comma or '}'")]
    [InlineData("var a 1", "'='")]
    [InlineData("let a = 1", "declares nothing")]
    [InlineData("/* never closed", "A comment has no end")]
    public void Parse_UnfinishedOrUnknown_IsRefused(string template, string part) =>
        Assert.Contains(part, Assert.Throws<BicepSyntaxException>(() => BicepFile.Parse("main.bicep", template)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("output a string = missing", "'missing' is not declared")]
    [InlineData("var a = '${missing}'\noutput b string = a", "'missing' is not declared")]
    [InlineData("param a array\nvar b = [for c in a: d]\noutput e array = b", "'d' is not declared")]
    [InlineData("param a string", "'a' is never used")]
    [InlineData("var a = 1", "'a' is never used")]
    [InlineData("resource a 'Microsoft.Storage/storageAccounts@2023-05-01' existing = { name: 'x' }", "'a' is never used")]
    [InlineData("param a string\nvar a = 1\noutput b int = a", "'a' is declared twice")]
    [InlineData("output a string = toUpperCase('x')", "There is no function 'toUpperCase'")]
    public void Symbols_UndeclaredUnusedOrDouble_AreFound(string template, string finding) => Finds(template, finding);

    [Theory]
    [InlineData("module a 'modules/gone.bicep' = { params: { name: 'x' } }", "There is no module 'modules/gone.bicep'")]
    [InlineData("module a 'modules/store.bicep' = { params: { sku: 'LRS' } }", "needs 'name', which is not passed")]
    [InlineData("module a 'modules/store.bicep' = { params: { name: 'x', size: 1 } }", "has no parameter 'size'")]
    [InlineData("module a 'modules/store.bicep' = { params: { name: 1 } }", "is string, not int")]
    [InlineData("param n int\nmodule a 'modules/store.bicep' = { params: { name: n } }", "is string, not int")]
    [InlineData("var n = ['x']\nmodule a 'modules/store.bicep' = { params: { name: n } }", "is string, not array")]
    [InlineData("module a 'modules/store.bicep' = { params: { name: 'x', sku: 'GRS' } }", "cannot be 'GRS'")]
    [InlineData("module a 'modules/store.bicep' = { params: { name: 'x' } }\noutput b string = a.outputs.name", "has no output 'name'")]
    [InlineData("output a object = loadJsonContent('gone.json')", "There is no list 'gone.json'")]
    public void Modules_ThatDoNotFit_AreFound(string template, string finding) => Finds(template, finding);

    [Theory]
    [InlineData("resource a 'Microsoft.Storage/storageAccounts@2019-06-01' = { name: 'x' }", "has version '2019-06-01'")]
    [InlineData("resource a 'Microsoft.Web/sites@2023-12-01' = { name: 'x' }", "says ''")]
    [InlineData("resource a 'Microsoft.Storage/storageAccounts' = { name: 'x' }", "has version ''")]
    public void Versions_OtherThanPinned_AreFound(string template, string finding) => Finds(template, finding);

    [Fact]
    public void Versions_ThatNothingHas_AreFound() => Assert.Contains(
        TemplateRules.Check(TemplateFolder.Of([new("api-versions.json", Versions)])), found => found.Contains("nothing is a Microsoft.Storage", StringComparison.Ordinal));

    [Theory]
    [InlineData("{ principalId: 'p', role: 'Reader', reason: 'It reads what customers sent to us.' }", null)]
    [InlineData("{ principalId: 'p', role: 'Reader', reason: ' ' }", "granted without a reason")]
    [InlineData("{ principalId: 'p', role: 'Reader' }", "granted without a reason")]
    [InlineData("{ principalId: 'p', role: 'Owner', reason: 'It reads what customers sent to us.' }", "'Owner' is not in")]
    public void Grants_WithoutAReasonOrOfAnUnknownRole_AreFound(string grant, string? finding)
    {
        var found = TemplateRules.Check(TemplateFolder.Of(
        [
            new("role-definitions.json", """{ "Reader": "acdd72a7-3385-48ef-bd42-f606fba81ae7" }"""),
            new("roles.bicep", "param grants array\noutput all array = grants"),
            new("main.bicep", $"module a 'roles.bicep' = {{ params: {{ grants: [{grant}] }} }}"),
        ]));

        Assert.Equal(finding is null, found.Count == 0);
        Assert.All(finding is null ? [] : new[] { finding }, text => Assert.Contains(found, one => one.Contains(text, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("name: 'x'\nproperties: { description: 'Because it has to read the photos.' }", "not on one resource")]
    [InlineData("name: 'x'\nscope: s\nproperties: { }", "assigned without a reason")]
    [InlineData("name: 'x'\nscope: s\nproperties: { description: 'so' }", "assigned without a reason")]
    [InlineData("name: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'", "An id is written out")]
    public void Assignments_WithoutReasonScopeOrName_AreFound(string body, string finding) =>
        Finds($"resource s 'S/s@1' = {{ name: 's' }}\nresource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {{\n{body}\n}}", finding);

    [Theory]
    [InlineData("@secure()\nparam p string\noutput a string = p", "output 'a' is a secret")]
    [InlineData("resource i 'I/i@1' = { name: 'i' }\noutput a string = i.properties.ConnectionString", "output 'a' is a secret")]
    [InlineData("resource i 'I/i@1' = { name: 'i' }\noutput a string = i.listKeys().keys[0].value", "reads keys")]
    [InlineData("param apiKey string\noutput a bool = empty(apiKey)", "'apiKey' is a secret by its name")]
    [InlineData("resource v 'V/v@1' existing = { name: 'v' }\nmodule a 'modules/store.bicep' = { params: { name: v.getSecret('s') } }", "only into a secure parameter")]
    public void Secrets_ThatGetOut_AreFound(string template, string finding) => Finds(template, finding);

    [Fact]
    public void Secrets_OfAVaultInASecureParameter_AreFine() => Assert.DoesNotContain(
        Check("resource v 'V/v@1' existing = { name: 'v' }\nmodule a 'modules/store.bicep' = { params: { name: 'x', hidden: v.getSecret('s') } }"),
        found => found.Contains("secret", StringComparison.Ordinal));

    [Theory]
    [InlineData("using '../gone.bicep'", "There is no template '../gone.bicep'")]
    [InlineData("using '../modules/store.bicep'", "needs 'name', which is not passed")]
    [InlineData("using '../modules/store.bicep'\nparam name = 'x'\nparam size = 1", "has no parameter 'size'")]
    [InlineData("using '../modules/store.bicep'\nparam name = true", "is string, not bool")]
    [InlineData("using '../modules/store.bicep'\nparam name = 'x'\nparam sku = 'GRS'", "cannot be 'GRS'")]
    public void ParameterFiles_ThatDoNotFit_AreFound(string file, string finding)
    {
        var found = TemplateRules.Check(TemplateFolder.Of([new("modules/store.bicep", Store), new("parameters/dev.bicepparam", file)]));

        Assert.Contains(found, one => one.Contains(finding, StringComparison.Ordinal));
    }

    private static void Finds(string template, string finding) =>
        Assert.Contains(Check(template), found => found.Contains(finding, StringComparison.Ordinal));

    private static IReadOnlyList<string> Check(string template) => TemplateRules.Check(TemplateFolder.Of(
        [new("api-versions.json", Versions), new("modules/store.bicep", Store), new("main.bicep", template)]));
}
