using System.CommandLine;
using PoseFunctions.Cli.Display;
using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Jobs;
using Spectre.Console;

namespace PoseFunctions.Cli.Commands;

/// <summary><c>watch</c>: follows jobs until they are final.</summary>
internal sealed class WatchCommand(ServiceOptions service, Terminal terminal)
{
    private readonly Argument<string[]> ids = JobIds.Argument();

    public Command Build()
    {
        var command = new Command("watch", "Follow jobs until they are done.") { ids };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = service.Connect(arguments);
        JobView[] jobs = [];
        await JobProgress.ShowAsync(terminal.Messages, async progress =>
            jobs = await Task.WhenAll(arguments.GetRequiredValue(ids)
                .Select(id => WatchAsync(client, id, progress.AddTask(Markup.Escape(id)), cancellationToken))));
        foreach (var job in jobs)
        {
            await terminal.Output.WriteLineAsync($"{job.Id} {StateLabels.Name(job.State)}");
            if (job.Failure is { } failure)
            {
                terminal.WriteError($"{job.Id}: {failure.Message}");
            }
        }

        return jobs.All(job => job.State == JobState.Succeeded) ? ExitCodes.Success : ExitCodes.JobFailed;
    }

    private static async Task<JobView> WatchAsync(
        PoseFunctionsClient client, string id, ProgressTask bar, CancellationToken cancellationToken)
    {
        var job = await client.GetJobAsync(id, wait: TimeSpan.Zero, cancellationToken);
        return await client.UntilFinalAsync(job, seen => bar.Show(id, seen), cancellationToken);
    }
}
