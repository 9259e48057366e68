using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace PoseFunctions.Cli.Commands;

/// <summary>What is wrong with a command line, before anything is done.</summary>
internal static class UsageErrors
{
    /// <summary>A sentence for every error; none for a command line that can be run.</summary>
    public static IReadOnlyList<string> Of(ParseResult arguments) => arguments switch
    {
        { Action: HelpAction } => [],

        // Nothing but the first such word, and of that nothing behind "=": what follows a misspelt --key may be the key.
        _ when UnknownWord(arguments) is { } word => [$"'{word.Split('=')[0]}' is no option or command of '{NameOf(arguments)}'."],
        _ => [.. arguments.Errors.Select(error => error.Message)],
    };

    /// <summary>The command as it is typed.</summary>
    public static string NameOf(ParseResult arguments)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = arguments.CommandResult; result is CommandResult command; result = result.Parent)
        {
            names.Push(command.Command.Name);
        }

        return string.Join(' ', names);
    }

    // A command that takes any number of words takes options that do not exist for such words, too.
    private static string? UnknownWord(ParseResult arguments) => arguments.Tokens
        .TakeWhile(token => token.Type != TokenType.DoubleDash)
        .Where(token => token.Type == TokenType.Argument)
        .Select(token => token.Value)
        .FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal) || arguments.UnmatchedTokens.Contains(word));
}
