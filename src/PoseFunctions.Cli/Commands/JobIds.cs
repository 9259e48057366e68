using System.CommandLine;

namespace PoseFunctions.Cli.Commands;

/// <summary>The argument of the commands that take jobs.</summary>
internal static class JobIds
{
    public static Argument<string[]> Argument()
    {
        var ids = new Argument<string[]>("id") { Description = "Ids of jobs", Arity = ArgumentArity.OneOrMore };
        RefuseOptions(ids);
        return ids;
    }

    /// <summary>Refuses what is a misspelt option rather than an id, before anything is asked about it or the word behind it.</summary>
    public static void RefuseOptions(Argument<string[]> ids) => ids.Validators.Add(result =>
    {
        if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option)
        {
            result.AddError($"'{option.Value.Split('=')[0]}' is neither an option nor the id of a job.");
        }
    });
}
