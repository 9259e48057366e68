using Spectre.Console;

namespace PoseFunctions.Cli;

/// <summary>Where the program writes.</summary>
/// <param name="Messages">For people: progress, tables, errors.</param>
/// <param name="Output">For programs: one line a result.</param>
internal sealed record Terminal(IAnsiConsole Messages, TextWriter Output)
{
    /// <summary>Says what went wrong in one sentence.</summary>
    public void WriteError(string sentence) => Messages.MarkupLineInterpolated($"[red]error:[/] {sentence}");
}
