using System.CommandLine;
using System.Globalization;
using PoseFunctions.Cli.Display;
using PoseFunctions.Cli.Photos;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Cli.Commands;

/// <summary><c>submit</c>: uploads photos, one job each.</summary>
internal sealed class SubmitCommand(ServiceOptions service, Terminal terminal)
{
    private readonly Argument<string[]> photos = new("photo")
    {
        Description = "Photos, or folders with photos in and below them",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> poses = PoseNames.Option();

    private readonly Option<string?> generator = new("--generator") { Description = "Generator; see 'models'", HelpName = "name" };

    private readonly Option<string[]> sources = new("--source")
    {
        Description = $"Another photo of the same person, such as the back; up to {TransferRequestRules.MaxPhotos - 1} times",
        HelpName = "photo",
    };

    private readonly Option<string?> scene = new("--scene")
    {
        Description = "Instead of --poses: put the people into the scene and pose of this photo",
        HelpName = "photo",
    };

    private readonly Option<long?> seed = NumberOption.Create(
        "--seed", 0, TransferRequestRules.MaxSeed, "What a stochastic generator draws its noise from");

    private readonly Option<string> format = new("--format")
    {
        Description = "Format of the results",
        DefaultValueFactory = _ => "jpeg",
    };

    private readonly Option<int?> longSide = NumberOption.Create("--long-side", 1, int.MaxValue, "Long side of the results", "pixels");

    private readonly Option<string?> person = new("--person")
    {
        Description = "Which person of a photo is meant: largest, left, right, only, or a box as x,y,width,height in fractions of the photo",
        HelpName = "rule|box",
    };

    private readonly Option<double?> minCoverage = NumberOption.Create(
        "--min-coverage", 0.0, 1.0, "Share of the person that the photo must show in a pose; poses below it fail", "share", style: NumberStyles.AllowDecimalPoint);

    private readonly Option<bool> inventLimbs = new("--invent-limbs") { Description = "Paint legs that no photo shows; poses that need them fail otherwise" };

    private readonly Option<string?> background = new("--background")
    {
        Description = "Behind the person: keep, transparent or a colour such as #f4f4f4",
        HelpName = "background",
    };

    /// <summary>Without effect since backgrounds are kept anyway; taken so that older scripts go on.</summary>
    private readonly Option<bool> keepBackground = new("--keep-background") { Hidden = true };

    private readonly Option<bool> wait = new("--wait") { Description = "Stay until every job is done" };

    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = "Save results into this folder; implies --wait",
        HelpName = "folder",
    };

    private readonly Option<string?> contactSheet = new("--contact-sheet")
    {
        Description = "Also put photos, target poses and results into one PNG; needs --output",
        HelpName = "file",
    };

    private readonly Option<int?> parallel = NumberOption.Create("--parallel", 1, 256, "Jobs at a time", otherwise: 8);

    private readonly Option<string> idempotency = new("--idempotency")
    {
        Description = "'auto': a photo of the same name and content with the same options is the same job; 'new': it is another one",
        DefaultValueFactory = _ => "new",
    };

    public Command Build()
    {
        format.AcceptOnlyFromAmong([.. Enum.GetNames<ImageFormat>().Select(name => name.ToLowerInvariant())]);
        idempotency.AcceptOnlyFromAmong("auto", "new");
        var command = new Command("submit", "Upload photos, one job each.")
        {
            photos, sources, poses, scene, generator, seed, format, longSide, person, minCoverage, inventLimbs, background, keepBackground,
            wait, output, contactSheet, parallel, idempotency,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(contactSheet) is not null && result.GetValue(output) is null)
            {
                result.AddError("--contact-sheet needs --output.");
            }

            if (result.GetValue(scene) is not null && result.GetResult(poses) is { Implicit: false })
            {
                result.AddError("--scene and --poses exclude each other.");
            }

            if (result.GetValue(person) is { } who && !PersonSelection.TryParse(who, out _))
            {
                result.AddError($"--person must be {PersonSelection.Expected}.");
            }

            if (result.GetValue(background) is { } behind && !BackgroundOption.TryParse(behind, out _))
            {
                result.AddError($"--background must be {BackgroundOption.Expected}.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (folder, sheet) = (arguments.GetValue(output), arguments.GetValue(contactSheet));
        var submissions = Read(arguments, folder, sheet);
        if (folder is not null)
        {
            Destinations.RequireFolder(folder);
        }

        if (sheet is not null)
        {
            Destinations.RequireFile(sheet);
        }

        using var client = service.Connect(arguments);
        var catalog = await ServiceCatalog.ReadAsync(client, cancellationToken);
        catalog.Require(submissions[0].Request);
        var settings = new RunSettings
        {
            Parallel = arguments.GetRequiredValue(parallel)!.Value,
            Wait = arguments.GetValue(wait) || folder is not null,
            OutputFolder = folder,
            DeriveIdempotencyKeys = arguments.GetValue(idempotency) == "auto",
        };
        try
        {
            await new SubmissionRun(client, terminal.Messages, settings).RunAsync(submissions, cancellationToken);
        }
        finally
        {
            // Whatever ends the run early: these jobs exist, and nobody else knows their ids.
            await ReportAsync(submissions);
        }

        if (sheet is not null)
        {
            await new ContactSheetFile(catalog.Poses).WriteAsync(sheet, submissions, cancellationToken);
            await terminal.Output.WriteLineAsync(sheet);
        }

        return submissions.All(submission => IsAsWanted(submission, settings)) ? ExitCodes.Success : ExitCodes.JobFailed;
    }

    private Submission[] Read(ParseResult arguments, string? folder, string? sheet)
    {
        var companions = new CompanionFiles(SourcesOf(arguments), arguments.GetValue(scene) is { } file ? PhotoFiles.FindOne(file) : null);
        var request = TransferRequestRules.Check(new TransferRequest
        {
            Generator = arguments.GetValue(generator),
            Targets = companions.Scene is null ? PoseNames.Targets(arguments.GetRequiredValue(poses)) : [],
            Sources = [.. companions.Sources.Select(source => source.UploadName)],
            Scene = companions.Scene?.UploadName,
            Seed = arguments.GetValue(seed),
            Person = PersonSelection.TryParse(arguments.GetValue(person) ?? string.Empty, out var selection) ? selection : PersonSelection.Default,
            MinCoverage = arguments.GetValue(minCoverage),
            InventLimbs = arguments.GetValue(inventLimbs),
            Output = new OutputOptions
            {
                Format = Enum.Parse<ImageFormat>(arguments.GetRequiredValue(format), ignoreCase: true),
                LongSide = arguments.GetValue(longSide),
                Background = BackgroundOption.TryParse(arguments.GetValue(background) ?? string.Empty, out var behind) ? behind : BackgroundOption.Keep,
            },
        });
        var files = PhotoFiles.Find(arguments.GetRequiredValue(photos), except: [folder, sheet]);
        return companions.Sources.Count == 0 || files.Count == 1
            ? [.. files.Zip(PhotoLabels.Of(files), (photo, label) => new Submission(photo, label, request, companions))]
            : throw new UsageException($"--source goes with one photo, because it shows the same person; there are {files.Count}.");
    }

    private IReadOnlyList<PhotoFile> SourcesOf(ParseResult arguments)
    {
        var named = arguments.GetValue(sources) ?? [];
        return named.FirstOrDefault(Directory.Exists) is { } folder
            ? throw new UsageException($"'{folder}' is a folder; --source names one photo.")
            : named.Length == 0 ? [] : PhotoFiles.Find(named);
    }

    private async Task ReportAsync(IReadOnlyList<Submission> submissions)
    {
        foreach (var submission in submissions)
        {
            if (submission.Job is { } job)
            {
                await terminal.Output.WriteLineAsync($"{job.Id} {StateLabels.Name(job.State)} {submission.File.Name}");
                foreach (var result in submission.Results)
                {
                    await terminal.Output.WriteLineAsync($"  {result}");
                }

                foreach (var warning in WarningLabels.Of(job))
                {
                    terminal.WriteWarning($"{submission.File.Name}: {warning}");
                }
            }

            if (submission.Reason is { } reason)
            {
                terminal.WriteError($"{submission.File.Name}: {reason}");
            }
        }

        var finished = submissions.Where(submission => submission.Job is { IsFinal: true }).ToArray();
        if (finished.Length > 0)
        {
            terminal.Messages.Write(TimingTable.Create(finished.Select(submission => (submission.Label, submission.Job!))));
        }
    }

    private static bool IsAsWanted(Submission submission, RunSettings settings) => submission is { Problem: null, Job: { } job }
        && (job.State == JobState.Succeeded || (!settings.Wait && !job.IsFinal));
}
