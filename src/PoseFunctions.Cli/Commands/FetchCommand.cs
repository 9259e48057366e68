using System.CommandLine;
using PoseFunctions.Cli.Photos;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Cli.Commands;

/// <summary><c>fetch</c>: saves the results of finished jobs.</summary>
internal sealed class FetchCommand(ServiceOptions service, Terminal terminal)
{
    private readonly Argument<string[]> ids = JobIds.Argument();

    private readonly Option<string> output = new("--output", "-o")
    {
        Description = "Folder for the results",
        HelpName = "folder",
        Required = true,
    };

    public Command Build()
    {
        var command = new Command("fetch", "Save the results of finished jobs.") { ids, output };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = service.Connect(arguments);
        var files = new ResultFiles(client, arguments.GetRequiredValue(output));
        var exitCode = ExitCodes.Success;
        foreach (var id in arguments.GetRequiredValue(ids))
        {
            var job = await client.GetJobAsync(id, wait: TimeSpan.Zero, cancellationToken);
            foreach (var file in await files.SaveAsync(job, id, cancellationToken))
            {
                await terminal.Output.WriteLineAsync(file);
            }

            if (job.State != JobState.Succeeded)
            {
                terminal.WriteError($"{id} is {Display.StateLabels.Name(job.State)}{(job.Failure is { } failure ? $": {failure.Message}" : ".")}");
                exitCode = ExitCodes.JobFailed;
            }
        }

        return exitCode;
    }
}
