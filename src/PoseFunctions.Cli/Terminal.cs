using PoseFunctions.Cli.Display;
using Spectre.Console;

namespace PoseFunctions.Cli;

/// <summary>Where the program writes.</summary>
/// <param name="Messages">For people: progress, tables, errors.</param>
/// <param name="Output">For programs: one line a result.</param>
internal sealed record Terminal(IAnsiConsole Messages, TextWriter Output)
{
    /// <summary>Wider than any line: what a file or a pipe gets is never wrapped.</summary>
    private const int Unwrapped = 100_000;

    /// <summary>Results to standard output, everything for people's eyes to standard error, so that scripts can read the former.</summary>
    public static Terminal OfThisProcess()
    {
        var error = new AnsiConsoleOutput(Console.Error);
        var messages = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = error,
            Ansi = error.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = error.IsTerminal ? InteractionSupport.Yes : InteractionSupport.No,

            // They would colour a file on the machines of some build services.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (!error.IsTerminal)
        {
            messages.Profile.Width = Unwrapped;
        }

        return new(messages, Console.Out);
    }

    /// <summary>Says what to look at, in one line.</summary>
    public void WriteWarning(string sentence) => Messages.MarkupLineInterpolated($"[yellow]warning:[/] {Printable.Of(sentence, ' ')}");

    /// <summary>Says what went wrong, in one line.</summary>
    public void WriteError(string sentence) => Messages.MarkupLineInterpolated($"[red]error:[/] {Printable.Of(sentence, ' ')}");
}
