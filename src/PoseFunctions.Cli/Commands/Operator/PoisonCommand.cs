using System.CommandLine;
using System.Globalization;
using PoseFunctions.Cli.Service;

namespace PoseFunctions.Cli.Commands.Operator;

/// <summary><c>poison</c>: lists the jobs that kept failing, and lets them run again.</summary>
internal sealed class PoisonCommand(ServiceOptions service, Terminal terminal)
{
    private readonly FailedJobs listed = new();
    private readonly FailedJobs requeued = new();
    private readonly Argument<string[]> ids = new("id") { Description = "Ids of jobs; or --all", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> all = new("--all") { Description = "Every failed job that the other options mean" };

    public Command Build()
    {
        var list = new Command("list", "List the jobs that failed and may be tried again.");
        listed.AddTo(list);
        list.SetAction(ListAsync);
        JobIds.RefuseOptions(ids);
        var requeue = new Command("requeue", "Let failed jobs run again, with their attempts counted anew.") { ids, all };
        requeued.AddTo(requeue);
        requeue.Validators.Add(result =>
        {
            // By the words, not by the value: reading that here would keep the argument's own check from running.
            if ((result.GetResult(ids) is { Tokens.Count: > 0 }) == result.GetValue(all))
            {
                result.AddError("Give ids of jobs, or --all.");
            }
        });
        requeue.SetAction(RequeueAsync);
        return new Command("poison", "Jobs that kept failing (needs the master key).") { list, requeue };
    }

    private async Task<int> ListAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = service.Connect(arguments);
        await foreach (var (item, job) in listed.FindAsync(client, arguments, cancellationToken))
        {
            var at = item.UpdatedAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
            await terminal.Output.WriteLineAsync($"{job.Id} {at} {job.Failure!.Code} {job.Failure.Message}");
        }

        return ExitCodes.Success;
    }

    private async Task<int> RequeueAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = service.Connect(arguments);
        if (!arguments.GetValue(all))
        {
            foreach (var id in arguments.GetRequiredValue(ids))
            {
                await RequeueAsync(client, id, cancellationToken);
            }

            return ExitCodes.Success;
        }

        // Listed to the end first: jobs that fail again at once must not be found again.
        var failed = new List<string>();
        await foreach (var (_, job) in requeued.FindAsync(client, arguments, cancellationToken))
        {
            failed.Add(job.Id);
        }

        foreach (var id in failed)
        {
            await RequeueAsync(client, id, cancellationToken);
        }

        return ExitCodes.Success;
    }

    private async Task RequeueAsync(PoseFunctionsClient client, string id, CancellationToken cancellationToken)
    {
        var job = await client.RetryAsync(id, cancellationToken);
        await terminal.Output.WriteLineAsync($"{job.Id} {Display.StateLabels.Name(job.State)}");
    }
}
