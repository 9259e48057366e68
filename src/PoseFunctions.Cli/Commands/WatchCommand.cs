using System.CommandLine;
using PoseFunctions.Cli.Display;
using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Jobs;

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
        string[] wanted = [.. arguments.GetRequiredValue(ids).Distinct()];
        (JobView? Job, ServiceProblemException? Problem)[] found = [];
        await JobProgress.ShowAsync(terminal.Messages, wanted.Length, async progress =>
            found = await Task.WhenAll(wanted.Select(id => WatchAsync(client, id, progress, cancellationToken))));
        foreach (var (id, (job, problem)) in wanted.Zip(found))
        {
            if (job is not null)
            {
                await terminal.Output.WriteLineAsync($"{job.Id} {StateLabels.Name(job.State)} {job.Source?.Name}".TrimEnd());
            }

            if ((problem?.Message ?? job?.Failure?.Message) is { } reason)
            {
                terminal.WriteError($"{id}: {reason}");
            }
        }

        return found.Any(job => job.Problem is not null) ? ExitCodes.Usage
            : found.All(job => job.Job?.State == JobState.Succeeded) ? ExitCodes.Success
            : ExitCodes.JobFailed;
    }

    private static async Task<(JobView?, ServiceProblemException?)> WatchAsync(
        PoseFunctionsClient client, string id, JobProgress progress, CancellationToken cancellationToken)
    {
        using var bar = progress.Start(id);
        try
        {
            var job = await client.GetJobAsync(id, wait: TimeSpan.Zero, cancellationToken);
            return (await client.UntilFinalAsync(job, bar.Show, cancellationToken), null);
        }
        catch (ServiceProblemException problem) when (problem.IsAboutThisRequest)
        {
            bar.Fail(problem.Code ?? problem.Message);
            return (null, problem);
        }
    }
}
