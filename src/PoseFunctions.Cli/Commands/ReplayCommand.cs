using System.CommandLine;
using PoseFunctions.Cli.Display;
using PoseFunctions.Cli.Photos;
using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Cli.Commands;

/// <summary><c>replay</c>: has jobs done once more and compares the results to the last bit.</summary>
internal sealed class ReplayCommand(ServiceOptions service, Terminal terminal)
{
    private const string Identical = "identical";

    private readonly Argument<string[]> ids = JobIds.Argument();

    public Command Build()
    {
        var command = new Command("replay", "Do jobs once more by the same model and seed, and compare the results.") { ids };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = service.Connect(arguments);
        var isSame = true;
        foreach (var id in arguments.GetRequiredValue(ids))
        {
            var original = await client.GetJobAsync(id, wait: TimeSpan.Zero, cancellationToken);
            var replay = await client.ReplayAsync(id, IdempotencyKeys.Fresh(), cancellationToken);
            try
            {
                await JobProgress.ShowAsync(terminal.Messages, count: 1, async progress =>
                {
                    using var bar = progress.Start(id);
                    await client.UntilFinalAsync(
                        replay,
                        seen =>
                        {
                            replay = seen;
                            bar.Show(seen);
                        },
                        cancellationToken);
                });
            }
            finally
            {
                await terminal.Output.WriteLineAsync($"{replay.Id} {StateLabels.Name(replay.State)}");
            }

            isSame &= replay.State == JobState.Succeeded && await CompareAsync(client, original, replay, cancellationToken);
            if (replay.Failure is { } failure)
            {
                terminal.WriteError($"{replay.Id}: {failure.Message}");
            }
        }

        return isSame ? ExitCodes.Success : ExitCodes.JobFailed;
    }

    private async Task<bool> CompareAsync(PoseFunctionsClient client, JobView original, JobView replay, CancellationToken cancellationToken)
    {
        var isSame = true;
        foreach (var (before, after) in original.Targets.Zip(replay.Targets).Where(pair => pair.First.Result is not null))
        {
            var outcome = after.Result is { } result
                ? await CompareAsync(client, before.Result!, result, cancellationToken)
                : after.Failure?.Message ?? "no result";
            isSame &= outcome == Identical;
            await terminal.Output.WriteLineAsync($"  {before.Index} {before.Name}: {outcome}");
        }

        return isSame;
    }

    private static async Task<string> CompareAsync(PoseFunctionsClient client, ResultView before, ResultView after, CancellationToken cancellationToken)
    {
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        await client.DownloadAsync(before, first, cancellationToken);
        await client.DownloadAsync(after, second, cancellationToken);
        return first.ToArray().AsSpan().SequenceEqual(second.ToArray())
            ? Identical
            : before.InputHash == after.InputHash ? "differs, although made from the same" : "differs, and was made from something else";
    }
}
