using System.CommandLine;
using PoseFunctions.Cli.Display;
using PoseFunctions.Cli.Photos;
using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.Transfers;
using Spectre.Console;

namespace PoseFunctions.Cli.Commands;

/// <summary><c>compare</c>: renders one photo with all generators and puts everything into one sheet.</summary>
internal sealed class CompareCommand(ServiceOptions service, Terminal terminal)
{
    private const string PoseTransfer = "poseTransfer";

    private readonly Argument<string> photo = new("photo") { Description = "The photo" };

    private readonly Option<string> poses = new("--poses", "-p")
    {
        Description = "Target poses from the library, separated by commas; see 'poses'",
        HelpName = "a,b",
        DefaultValueFactory = _ => "front,three-quarter-left,back",
    };

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
        var file = PhotoFiles.Find([arguments.GetRequiredValue(photo)]) is [var only]
            ? only
            : throw new UsageException("'compare' takes one photo.");
        TargetPose[] targets = [.. Names(arguments.GetRequiredValue(poses)).Select(name => new TargetPose { Pose = name })];
        using var client = service.Connect(arguments);
        var chosen = await ChooseAsync(client, arguments.GetValue(generators), cancellationToken);
        var results = Directory.CreateTempSubdirectory("posefunctions-compare-");
        try
        {
            var files = new ResultFiles(client, results.FullName);
            Submission[] submissions = [];
            await JobProgress.ShowAsync(terminal.Messages, async progress => submissions = await Task.WhenAll(chosen.Select(name =>
                RenderAsync(client, files, file, name, targets, progress.AddTask(Markup.Escape(name)), cancellationToken))));
            var path = arguments.GetRequiredValue(output);
            await new ContactSheetFile(await client.ListPosesAsync(cancellationToken)).WriteAsync(path, submissions, cancellationToken);
            return await ReportAsync(submissions, path);
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <exception cref="UsageException">No generator of the service can render target poses.</exception>
    private static async Task<IReadOnlyList<string>> ChooseAsync(PoseFunctionsClient client, string? named, CancellationToken cancellationToken)
    {
        if (named is not null)
        {
            return Names(named);
        }

        var models = await client.ListModelsAsync(cancellationToken);
        string[] able = [.. models.Where(model => model.Kind == ModelKind.Generator && model.Can.Contains(PoseTransfer)).Select(model => model.Name)];
        return able.Length > 0 ? able : throw new UsageException("The service lists no generator that renders target poses; name some with --generators.");
    }

    private static async Task<Submission> RenderAsync(
        PoseFunctionsClient client,
        ResultFiles files,
        string photo,
        string generator,
        TargetPose[] targets,
        ProgressTask bar,
        CancellationToken cancellationToken)
    {
        try
        {
            var request = TransferRequestRules.Check(new TransferRequest { Generator = generator, Targets = targets });
            var job = await client.SubmitAsync(photo, request, IdempotencyKeys.Fresh(), scene: null, cancellationToken);
            job = await client.UntilFinalAsync(job, seen => bar.Show(generator, seen), cancellationToken);
            return new(photo, generator, job, Problem: null, await files.SaveAsync(job, generator, cancellationToken));
        }
        catch (ServiceProblemException problem) when (problem.IsAboutThisRequest)
        {
            bar.Refuse(generator, problem);
            return new(photo, generator, Job: null, problem, Results: []);
        }
    }

    private async Task<int> ReportAsync(IReadOnlyList<Submission> submissions, string sheet)
    {
        foreach (var submission in submissions)
        {
            await terminal.Output.WriteLineAsync($"{submission.Label} {(submission.Job is { } job ? $"{StateLabels.Name(job.State)} {job.Id}" : "refused")}");
            if ((submission.Problem?.Message ?? submission.Job?.Failure?.Message) is { } reason)
            {
                terminal.WriteError($"{submission.Label}: {reason}");
            }
        }

        if (submissions.Any(submission => submission.Job is not null))
        {
            await terminal.Output.WriteLineAsync(sheet);
        }

        return submissions.All(submission => submission.Job?.State == JobState.Succeeded) ? ExitCodes.Success : ExitCodes.JobFailed;
    }
}
