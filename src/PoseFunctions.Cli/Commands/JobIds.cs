using System.CommandLine;

namespace PoseFunctions.Cli.Commands;

/// <summary>The argument of the commands that take jobs.</summary>
internal static class JobIds
{
    public static Argument<string[]> Argument() => new("id") { Description = "Ids of jobs", Arity = ArgumentArity.OneOrMore };
}
