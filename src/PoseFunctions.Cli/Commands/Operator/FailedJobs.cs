using System.CommandLine;
using System.Runtime.CompilerServices;
using PoseFunctions.Cli.Service;

namespace PoseFunctions.Cli.Commands.Operator;

/// <summary>The failed jobs that an operator means: of all tenants or one, and those only that another attempt may help.</summary>
internal sealed class FailedJobs
{
    private readonly Option<string?> code = new("--code") { Description = "Only those that failed with this code", HelpName = "code" };
    private readonly Option<bool> final = new("--final") { Description = "Also those that another attempt will not help" };

    public void AddTo(Command command)
    {
        command.Options.Add(code);
        command.Options.Add(final);
    }

    /// <summary>The jobs, page by page, each read for its reason.</summary>
    public async IAsyncEnumerable<(JobListItemView Item, JobView Job)> FindAsync(
        PoseFunctionsClient client, ParseResult arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (wanted, all) = (arguments.GetValue(code), arguments.GetValue(final));
        await foreach (var item in client.ListFailedAsync(cancellationToken))
        {
            var job = await client.GetJobAsync(item.Id, wait: TimeSpan.Zero, cancellationToken);
            if (job.Failure is { } failure && (all || failure.Retryable) && (wanted is null || failure.Code == wanted))
            {
                yield return (item, job);
            }
        }
    }
}
