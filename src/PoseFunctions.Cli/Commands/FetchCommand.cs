using System.CommandLine;
using PoseFunctions.Cli.Display;
using PoseFunctions.Cli.Photos;
using PoseFunctions.Cli.Service;
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
        var folder = arguments.GetRequiredValue(output);
        Destinations.RequireFolder(folder);
        using var client = service.Connect(arguments);
        var files = new ResultFiles(client, folder);
        var exitCode = ExitCodes.Success;
        foreach (var id in arguments.GetRequiredValue(ids))
        {
            exitCode = Math.Max(exitCode, await FetchAsync(client, files, id, cancellationToken));
        }

        return exitCode;
    }

    private async Task<int> FetchAsync(PoseFunctionsClient client, ResultFiles files, string id, CancellationToken cancellationToken)
    {
        JobView job;
        try
        {
            job = await client.GetJobAsync(id, wait: TimeSpan.Zero, cancellationToken);
            foreach (var file in await files.SaveAsync(job, ResultFiles.SafeName(id), cancellationToken))
            {
                await terminal.Output.WriteLineAsync(file);
            }
        }
        catch (ServiceProblemException problem) when (problem.IsAboutThisRequest)
        {
            terminal.WriteError($"{id}: {problem.Message}");
            return ExitCodes.Usage;
        }

        if (job.State == JobState.Succeeded)
        {
            return ExitCodes.Success;
        }

        terminal.WriteError($"{id} is {StateLabels.Name(job.State)}{(job.Failure is { } failure ? $": {failure.Message}" : ".")}");
        return ExitCodes.JobFailed;
    }
}
