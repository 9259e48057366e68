using System.CommandLine;

namespace PoseFunctions.Cli.Commands;

/// <summary><c>poses</c>: lists the pose library.</summary>
internal sealed class PosesCommand(ServiceOptions service, Terminal terminal)
{
    public Command Build()
    {
        var command = new Command("poses", "List the poses of the library.");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = service.Connect(arguments);
        foreach (var pose in await client.ListPosesAsync(cancellationToken))
        {
            await terminal.Output.WriteLineAsync($"{pose.Name,-24} {pose.Description}".TrimEnd());
        }

        return ExitCodes.Success;
    }
}
