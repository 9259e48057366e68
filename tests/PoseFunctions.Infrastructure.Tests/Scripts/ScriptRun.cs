using System.Diagnostics;
using PoseFunctions.Infrastructure.Tests.Bicep;

namespace PoseFunctions.Infrastructure.Tests.Scripts;

/// <summary>
/// A copy of <c>infra/</c> in which scripts run with stand-ins for the tools of a deployment. A stand-in writes down how it was called,
/// one argument a line after its name, and does what the test says.
/// </summary>
internal sealed class ScriptRun : IDisposable
{
    private const string Call = "--call--";

    private readonly InfraFolder folder = new();

    public ScriptRun()
    {
        Infra = folder.Copy();
        Directory.CreateDirectory(Tools);
    }

    /// <summary>The copy.</summary>
    public string Infra { get; }

    /// <summary>How stand-ins were called: name and arguments.</summary>
    public IReadOnlyList<string[]> Calls => !File.Exists(CallsFile)
        ? []
        : [.. File.ReadAllText(CallsFile).Split($"{Call}\n", StringSplitOptions.RemoveEmptyEntries).Select(call => call.TrimEnd('\n').Split('\n'))];

    private string Tools => Path.Combine(folder.Path, "tools");

    private string CallsFile => Path.Combine(folder.Path, "calls");

    /// <summary>Adds a stand-in.</summary>
    /// <param name="tool">Name of the tool.</param>
    /// <param name="does">What it does after it has written down its call, in shell.</param>
    public void StandIn(string tool, string does = ":")
    {
        var path = Path.Combine(Tools, tool);
        File.WriteAllText(path, $"#!/bin/sh\nprintf '%s\\n' {Call} {tool} \"$@\" >>'{CallsFile}'\n{does}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Runs a script of <c>infra/scripts</c>.</summary>
    /// <returns>Exit code, and what it wrote to both streams.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(string script, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(Infra, "scripts", script)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{Tools}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var cancel = TestContext.Current.CancellationToken;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, await output + await errors);
    }

    public void Dispose() => folder.Dispose();
}
