using PoseFunctions.Infrastructure.Tests.Arm;
using PoseFunctions.Infrastructure.Tests.Rules;

namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>Every broken template, each in a copy of its own, compiled in one go: the compiler takes longer to start than to compile.</summary>
public sealed class BrokenTemplates : IAsyncLifetime
{
    private const string Parameters = "parameters";

    private readonly InfraFolder copies = new();
    private IReadOnlyList<BicepFinding> compiled = [];

    /// <summary>What the compiler and our own rules say about one of them.</summary>
    public IEnumerable<string> FindingsOf(string name)
    {
        var said = compiled.Where(finding => finding.Path.StartsWith($"{name}/", StringComparison.Ordinal)).Select(finding => finding.ToString());
        var template = Path.Combine(copies.Path, name, "main.json");
        return File.Exists(template) ? said.Concat(TemplateRules.Check(ArmTemplate.Read(template))) : said;
    }

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, broken) in BrokenTemplate.All)
        {
            var copy = copies.Copy(name);
            var path = Path.Combine(copy, broken.File);
            var sound = await File.ReadAllTextAsync(path);
            Assert.True(sound.Split(broken.Sound).Length == 2, $"'{broken.Sound}' is not once in {broken.File}.");
            await File.WriteAllTextAsync(path, sound.Replace(broken.Sound, broken.Broken, StringComparison.Ordinal));
            if (!broken.File.StartsWith(Parameters, StringComparison.Ordinal))
            {
                // Compiling them means compiling the template once more each.
                Directory.Delete(Path.Combine(copy, Parameters), recursive: true);
            }
        }

        var cancel = CancellationToken.None;
        compiled =
        [
            .. await BicepCompiler.BuildAsync(copies.Path, "*/main.bicep", cancel),
            .. await BicepCompiler.BuildAsync(copies.Path, "*/uploads-subscription.bicep", cancel),
            .. await BicepCompiler.BuildParametersAsync(copies.Path, $"*/{Parameters}/*.bicepparam", cancel),
        ];
    }

    public ValueTask DisposeAsync()
    {
        copies.Dispose();
        return ValueTask.CompletedTask;
    }
}
