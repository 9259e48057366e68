using System.CommandLine;
using PoseFunctions.Cli.Display;
using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Cli.Commands;

/// <summary><c>list</c>: shows the newest jobs.</summary>
internal sealed class ListCommand(ServiceOptions service, Terminal terminal)
{
    private const int ReadsAtATime = 8;

    private readonly Option<string?> state = new("--state") { Description = "Only jobs in this state, such as 'running'", HelpName = "state" };

    private readonly Option<int?> limit = NumberOption.Create("--limit", 1, 10_000, "Most jobs to show", otherwise: 20);

    public Command Build()
    {
        state.AcceptOnlyFromAmong([.. Enum.GetValues<JobState>().Select(StateLabels.Name)]);
        var command = new Command("list", "List jobs with state, last change and photo, newest first.") { state, limit };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = service.Connect(arguments);
        var jobs = await FindNewestAsync(client, arguments.GetValue(state), arguments.GetRequiredValue(limit)!.Value, cancellationToken);
        var names = new string?[jobs.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, names.Length, limits, async (index, stop) => names[index] = await NameAsync(client, jobs[index].Id, stop));
        foreach (var (job, name) in jobs.Zip(names))
        {
            await terminal.Output.WriteLineAsync($"{job.Id} {StateLabels.Name(job.State),-9} {job.UpdatedAt.UtcDateTime:u} {name}".TrimEnd());
        }

        return ExitCodes.Success;
    }

    /// <summary>The service lists jobs in no order of time, so all pages are looked at, and no more jobs kept than shall be shown.</summary>
    private static async Task<IReadOnlyList<JobListItemView>> FindNewestAsync(
        PoseFunctionsClient client, string? state, int limit, CancellationToken cancellationToken)
    {
        var newest = new PriorityQueue<JobListItemView, DateTimeOffset>();
        await foreach (var job in client.ListAsync(state, cancellationToken))
        {
            newest.Enqueue(job, job.UpdatedAt);
            if (newest.Count > limit)
            {
                newest.Dequeue();
            }
        }

        return
        [
            .. newest.UnorderedItems.Select(item => item.Element)
                .OrderByDescending(job => job.UpdatedAt)
                .ThenBy(job => job.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Name of a job's photo; null where the job has been erased since it was listed.</summary>
    private static async Task<string?> NameAsync(PoseFunctionsClient client, string id, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetJobAsync(id, wait: TimeSpan.Zero, cancellationToken)).Source?.Name;
        }
        catch (ServiceProblemException problem) when (problem.IsAboutThisRequest)
        {
            return null;
        }
    }
}
