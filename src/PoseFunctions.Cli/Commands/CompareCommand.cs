using System.CommandLine;
using PoseFunctions.Cli.Display;
using PoseFunctions.Cli.Photos;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Cli.Commands;

/// <summary><c>compare</c>: renders one photo with all generators and puts everything into one sheet.</summary>
internal sealed class CompareCommand(ServiceOptions service, Terminal terminal)
{
    private readonly Argument<string> photo = new("photo") { Description = "The photo" };

    private readonly Option<string> poses = PoseNames.Option();

    private readonly Option<string?> generators = new("--generators")
    {
        Description = "Only these generators, separated by commas; see 'models'",
        HelpName = "a,b",
    };

    private readonly Option<string> output = new("--output", "-o")
    {
        Description = "The sheet, a PNG",
        HelpName = "file",
        DefaultValueFactory = _ => "comparison.png",
    };

    public Command Build()
    {
        var command = new Command("compare", "Render one photo with all generators, into one sheet.") { photo, poses, generators, output };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var file = PhotoFiles.FindOne(arguments.GetRequiredValue(photo));
        var request = TransferRequestRules.Check(new TransferRequest { Targets = PoseNames.Targets(arguments.GetRequiredValue(poses)) });
        var sheet = arguments.GetRequiredValue(output);
        Destinations.RequireFile(sheet);
        using var client = service.Connect(arguments);
        var catalog = await ServiceCatalog.ReadAsync(client, cancellationToken);
        var chosen = arguments.GetValue(generators) is { } list ? PoseNames.Split(list) : catalog.PoseGenerators;
        if (chosen.Count == 0)
        {
            throw new UsageException("There is no generator to compare; see 'models'.");
        }

        Submission[] submissions = [.. chosen.Distinct().Select(name => new Submission(file, name, request with { Generator = name }))];
        foreach (var submission in submissions)
        {
            catalog.Require(submission.Request);
        }

        var results = Directory.CreateTempSubdirectory("posefunctions-compare-");
        try
        {
            var settings = new RunSettings { Parallel = submissions.Length, Wait = true, OutputFolder = results.FullName };
            try
            {
                await new SubmissionRun(client, terminal.Messages, settings).RunAsync(submissions, cancellationToken);
            }
            finally
            {
                await ReportAsync(submissions);
            }

            if (submissions.Any(submission => submission.Job is not null))
            {
                await new ContactSheetFile(catalog.Poses).WriteAsync(sheet, submissions, cancellationToken);
                await terminal.Output.WriteLineAsync(sheet);
            }
        }
        finally
        {
            results.Delete(recursive: true);
        }

        return submissions.All(submission => submission.Job?.State == JobState.Succeeded) ? ExitCodes.Success : ExitCodes.JobFailed;
    }

    private async Task ReportAsync(IReadOnlyList<Submission> submissions)
    {
        foreach (var submission in submissions)
        {
            var outcome = submission.Job is { } job ? $"{StateLabels.Name(job.State)} {job.Id}" : "refused";
            await terminal.Output.WriteLineAsync($"{submission.Label} {outcome}");
            if (submission.Reason is { } reason)
            {
                terminal.WriteError($"{submission.Label}: {reason}");
            }
        }
    }
}
