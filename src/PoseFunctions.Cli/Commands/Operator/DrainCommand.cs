using System.CommandLine;
using System.Globalization;
using PoseFunctions.Cli.Service;

namespace PoseFunctions.Cli.Commands.Operator;

/// <summary><c>drain</c>: waits until no job is unfinished.</summary>
internal sealed class DrainCommand(ServiceOptions service, Terminal terminal, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Option<TimeSpan> timeout = Duration("--timeout", TimeSpan.FromMinutes(15), "Give up after this time (hh:mm:ss)");

    private readonly Option<TimeSpan> settle = Duration(
        "--settle", TimeSpan.FromSeconds(20), "For how long nothing may come up: longer than a sweep takes to find dropped files");

    public Command Build()
    {
        var command = new Command("drain", "Wait until every job has ended; close the door for new ones first (needs the master key).") { timeout, settle };
        command.SetAction(RunAsync);
        return command;
    }

    private static Option<TimeSpan> Duration(string name, TimeSpan otherwise, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            if (TimeSpan.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero)
            {
                return time;
            }

            result.AddError($"{name} is a time as hh:mm:ss, not '{result.Tokens[0].Value}'.");
            return otherwise;
        },
    };

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = service.Connect(arguments);
        var (began, emptySince) = (time.GetTimestamp(), (long?)null);
        BacklogView? shown = null;
        while (true)
        {
            var backlog = await client.GetBacklogAsync(cancellationToken);
            if (backlog != shown)
            {
                await terminal.Output.WriteLineAsync($"unparsed {backlog.Unparsed}, queued {backlog.Queued}, running {backlog.Running}");
                shown = backlog;
            }

            emptySince = backlog.Unfinished > 0 ? null : emptySince ?? time.GetTimestamp();
            if (emptySince is { } since && time.GetElapsedTime(since) >= arguments.GetRequiredValue(settle))
            {
                await terminal.Output.WriteLineAsync("drained");
                return ExitCodes.Success;
            }

            if (time.GetElapsedTime(began) >= arguments.GetRequiredValue(timeout))
            {
                terminal.WriteError($"{backlog.Unfinished} jobs have not ended.");
                return ExitCodes.JobFailed;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
