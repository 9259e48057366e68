using System.Text.RegularExpressions;
using PoseFunctions.Testing;

namespace PoseFunctions.EndToEnd.Tests.Documents;

/// <summary>The commands for a deployment cannot be run here; what can be told without one is.</summary>
public sealed partial class AzureCommandTests
{
    /// <summary>The commands that the document uses, with the options that their reference knows; written down from it.</summary>
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["containerapp update"] = ["resource-group", "name", "image", "set-env-vars", "remove-env-vars"],
        ["containerapp replica list"] = ["resource-group", "name", "query", "output"],
        ["containerapp revision list"] = ["all", "resource-group", "name", "query", "output"],
        ["containerapp function keys show"] = ["resource-group", "name", "key-type", "key-name", "query", "output"],
        ["containerapp function keys set"] = ["resource-group", "name", "key-type", "key-name", "key-value"],
        ["storage message peek"] = ["queue-name", "num-messages", "account-name", "auth-mode"],
        ["storage message clear"] = ["queue-name", "account-name", "auth-mode"],
        ["storage blob list"] = ["container-name", "prefix", "include", "account-name", "auth-mode", "query", "output"],
        ["storage blob undelete"] = ["container-name", "name", "account-name", "auth-mode"],
        ["storage account failover"] = ["name", "resource-group", "yes"],
        ["monitor log-analytics workspace list"] = ["resource-group", "query", "output"],
        ["monitor log-analytics query"] = ["workspace", "analytics-query"],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Blocks_OfTheOperationsDocument_AreValidForTheShell()
    {
        foreach (var block in (await ReadAsync()).ForAzure)
        {
            using var folder = new TemporaryFolder();
            var file = Path.Combine(folder.Path, "block.sh");
            await File.WriteAllTextAsync(file, block, Cancel);
            var (exitCode, output) = await CommandDocument.BashAsync(["-n", file], [], Cancel);

            Assert.True(exitCode == 0, $"{output}\n{block}");
        }
    }

    [Fact]
    public async Task Commands_OfTheOperationsDocument_AreKnownWithTheirOptions()
    {
        var found = new HashSet<string>();
        foreach (var block in (await ReadAsync()).ForAzure)
        {
            // Texts in quotes are arguments, whatever stands in them.
            var bare = Quoted().Replace(block.Replace("\\\n", " ", StringComparison.Ordinal), "x");
            foreach (Match command in Command().Matches(bare))
            {
                var name = command.Groups["name"].Value.Trim();
                Assert.True(Known.TryGetValue(name, out var options), $"'az {name}' is not known here.");
                Assert.All(Option().Matches(command.Groups["rest"].Value), option => Assert.Contains(option.Groups["option"].Value, options));
                found.Add(name);
            }
        }

        Assert.Equal(Known.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Variables_OfTheOperationsDocument_AreSetThereOrByTheTemplates()
    {
        var template = RepositoryRoot.Combine("infra", "main.bicep");
        Assert.SkipUnless(File.Exists(template), "There are no templates.");
        var text = string.Join('\n', (await ReadAsync()).ForAzure);
        var outputs = Output().Matches(await File.ReadAllTextAsync(template, Cancel)).Select(output => output.Groups["name"].Value);
        var assigned = Assignment().Matches(text).Select(assignment => assignment.Groups["name"].Value);
        var used = Use().Matches(text).Select(use => use.Groups["name"].Value).Distinct();

        Assert.Empty(used.Except(outputs).Except(assigned));
    }

    [Fact]
    public async Task Settings_OfTheOperationsDocument_AreThoseOfTheApps()
    {
        var settings = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "settings.md"), Cancel);
        var used = Setting().Matches(string.Join('\n', (await ReadAsync()).ForAzure)).Select(setting => setting.Value).Distinct().ToArray();

        Assert.NotEmpty(used);
        Assert.All(used, setting => Assert.Contains($"`{setting}`", settings, StringComparison.Ordinal));
    }

    private static Task<CommandDocument> ReadAsync() =>
        CommandDocument.ReadAsync(RepositoryRoot.Combine("docs", "operations.md"), Cancel);

    [GeneratedRegex(@"'[^']*'|""[^""]*""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\baz (?<name>(?:[a-z-]+ )+?)(?<rest>--[^|;)\n]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"--(?<option>[a-z-]+)")]
    private static partial Regex Option();

    [GeneratedRegex(@"^output (?<name>\w+) ", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex(@"(?:^|\s)(?<name>[A-Z_]+|container)(?:=| in )|\bread -r (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\$\{?(?<name>\w+)")]
    private static partial Regex Use();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+__\w+")]
    private static partial Regex Setting();
}
