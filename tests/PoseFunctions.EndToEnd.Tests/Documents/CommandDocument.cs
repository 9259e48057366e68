using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PoseFunctions.EndToEnd.Tests.Documents;

/// <summary>A document with blocks of commands: <c>bash run</c> for a service on any machine, <c>bash azure</c> for a deployment.</summary>
internal sealed partial class CommandDocument
{
    private CommandDocument(string text)
    {
        Runnable = BlocksIn(text, "run");
        ForAzure = BlocksIn(text, "azure");
    }

    public IReadOnlyList<string> Runnable { get; }

    public IReadOnlyList<string> ForAzure { get; }

    public static async Task<CommandDocument> ReadAsync(string path, CancellationToken cancellationToken) =>
        new(await File.ReadAllTextAsync(path, cancellationToken));

    /// <summary>Runs the blocks for any machine in one shell, which ends with the first command that fails.</summary>
    /// <returns>The exit code, and what both streams said.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(Dictionary<string, string> variables, CancellationToken cancellationToken)
    {
        Assert.NotEmpty(Runnable);
        using var folder = new TemporaryFolder();
        var client = Path.Combine(AppContext.BaseDirectory, "posefunctions.dll");

        // Only what the document says: the client, too, may lie below that folder.
        var commands = string.Join('\n', Runnable).Replace("/tmp/", $"{folder.Path}/", StringComparison.Ordinal);
        var script = $"set -euo pipefail\nexec 2>&1\nposefunctions() {{ dotnet '{client}' \"$@\"; }}\n{commands}";
        return await BashAsync(["-c", script], variables, cancellationToken);
    }

    /// <summary>Runs a shell.</summary>
    public static async Task<(int ExitCode, string Output)> BashAsync(
        string[] arguments, Dictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = shell.StandardError.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);
        return (shell.ExitCode, $"{await output}{await errors}");
    }

    private static string[] BlocksIn(string text, string kind) =>
        [.. Block().Matches(text).Where(block => block.Groups["kind"].Value == kind).Select(block => block.Groups["commands"].Value)];

    [GeneratedRegex(@"^```bash (?<kind>\w+)\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
