using System.Diagnostics;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.Cli.Tests;

/// <summary>The program as a process of its own, both of its streams in pipes, on a machine that says it has a colourful terminal.</summary>
internal sealed class ProgramProcess : IDisposable
{
    // The last one is what a build service sets.
    private static readonly Dictionary<string, string?> Terminal = new()
    {
        ["NO_COLOR"] = null,
        ["TERM"] = "xterm-256color",
        ["COLORTERM"] = "truecolor",
        ["GITHUB_ACTIONS"] = "true",
    };

    private readonly Process process;
    private readonly Task<string> output;

    private ProgramProcess(Process process) => (this.process, output) = (process, process.StandardOutput.ReadToEndAsync(Cancel));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "posefunctions.dll");

    /// <summary>Starts the program.</summary>
    /// <param name="environment">Variables besides those of this process; null takes one away.</param>
    /// <param name="arguments">The command line.</param>
    public static ProgramProcess Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>

        // A shell may have started the tests with interrupts ignored, and children inherit that.
        Start("env", ["--default-signal=INT", "dotnet", Program, .. arguments], environment);

    /// <summary>Runs the program with a terminal for all of its streams.</summary>
    /// <returns>Everything that the terminal got.</returns>
    public static async Task<string> RunInTerminalAsync(IReadOnlyDictionary<string, string?> environment, string arguments)
    {
        using var terminal = Start("script", ["-qec", $"stty cols 120 rows 40; dotnet '{Program}' {arguments}", "/dev/null"], environment);
        return (await terminal.EndAsync()).Output;
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<CommandLineRun> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        using var program = Start(environment, arguments);
        return await program.EndAsync();
    }

    /// <summary>The next line for people; null at their end.</summary>
    public async Task<string?> ReadMessageAsync() => await process.StandardError.ReadLineAsync(Cancel);

    /// <param name="signal">One of <see cref="Signals"/>.</param>
    public void Signal(string signal) => Signals.Send(process.Id, signal);

    /// <summary>Waits for the end.</summary>
    public async Task<CommandLineRun> EndAsync()
    {
        var messages = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return new(process.ExitCode, await output, messages);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private static ProgramProcess Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Terminal.Concat(environment))
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!);
    }
}
