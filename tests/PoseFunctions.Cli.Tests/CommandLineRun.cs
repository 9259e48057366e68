using Spectre.Console;

namespace PoseFunctions.Cli.Tests;

/// <summary>What one run of the program did.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote for programs.</param>
/// <param name="Messages">What it wrote for people.</param>
internal sealed record CommandLineRun(int ExitCode, string Output, string Messages)
{
    /// <summary>Runs the program as its entry point does.</summary>
    public static Task<CommandLineRun> RunAsync(params string[] arguments) => RunAsync(TestContext.Current.CancellationToken, arguments);

    /// <summary>Runs the program; the token is its Ctrl+C.</summary>
    public static async Task<CommandLineRun> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(messages),
        });
        console.Profile.Width = 400;
        var exitCode = await new CommandLineApplication(new Terminal(console, output), new ImpatientTime())
            .RunAsync(arguments, cancellationToken);
        return new(exitCode, output.ToString(), messages.ToString());
    }
}
