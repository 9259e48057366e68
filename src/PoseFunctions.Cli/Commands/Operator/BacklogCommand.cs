using System.CommandLine;

namespace PoseFunctions.Cli.Commands.Operator;

/// <summary><c>backlog</c>: counts the jobs of all tenants by state.</summary>
internal sealed class BacklogCommand(ServiceOptions service, Terminal terminal)
{
    public Command Build()
    {
        var command = new Command("backlog", "Count the jobs of all tenants by state (needs the master key).");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = service.Connect(arguments);
        var backlog = await client.GetBacklogAsync(cancellationToken);
        await terminal.Output.WriteLineAsync(
            $"unparsed {backlog.Unparsed}, queued {backlog.Queued}, running {backlog.Running}, failed {backlog.Failed}, messages {backlog.Messages}");
        return ExitCodes.Success;
    }
}
