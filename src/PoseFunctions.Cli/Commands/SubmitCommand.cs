using System.CommandLine;
using PoseFunctions.Cli.Photos;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Cli.Commands;

/// <summary><c>submit</c>: uploads photos, one job each.</summary>
internal sealed class SubmitCommand(ServiceOptions service, Terminal terminal)
{
    private readonly Argument<string[]> photos = new("photo")
    {
        Description = "Photos, or folders of photos",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> poses = new("--poses", "-p")
    {
        Description = "Target poses from the library, separated by commas; see 'poses'",
        HelpName = "a,b",
        DefaultValueFactory = _ => "front,three-quarter-left,back",
    };

    private readonly Option<string?> generator = new("--generator") { Description = "Generator; see 'models'", HelpName = "name" };

    private readonly Option<string?> scene = new("--scene")
    {
        Description = "Instead of --poses: put the people into the scene and pose of this photo",
        HelpName = "photo",
    };

    private readonly Option<long?> seed = new("--seed") { Description = "What a stochastic generator draws its noise from", HelpName = "n" };

    private readonly Option<string> format = new("--format")
    {
        Description = "Format of the results",
        DefaultValueFactory = _ => "jpeg",
    };

    private readonly Option<int?> longSide = new("--long-side") { Description = "Long side of the results", HelpName = "pixels" };

    private readonly Option<bool> keepBackground = new("--keep-background") { Description = "Take the background from the photo" };

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

    private readonly Option<int> parallel = new("--parallel") { Description = "Jobs at a time", HelpName = "n", DefaultValueFactory = _ => 8 };

    private readonly Option<string> idempotency = new("--idempotency")
    {
        Description = "'auto': the same photo with the same options is the same job; 'new': it is another one",
        DefaultValueFactory = _ => "new",
    };

    public Command Build()
    {
        parallel.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var jobs) && jobs is >= 1 and <= 256))
            {
                result.AddError("--parallel is 1 to 256.");
            }
        });
        format.AcceptOnlyFromAmong([.. Enum.GetNames<ImageFormat>().Select(name => name.ToLowerInvariant())]);
        idempotency.AcceptOnlyFromAmong("auto", "new");
        var command = new Command("submit", "Upload photos, one job each.")
        {
            photos, poses, scene, generator, seed, format, longSide, keepBackground, wait, output, contactSheet, parallel, idempotency,
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
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var settings = Read(arguments);
        using var client = service.Connect(arguments);
        return await new SubmissionRun(client, terminal, settings).RunAsync(cancellationToken);
    }

    private SubmitSettings Read(ParseResult arguments)
    {
        var scenePhoto = arguments.GetValue(scene) is { } file ? PhotoFiles.Find([file]).Single() : null;
        var names = scenePhoto is not null ? [] : arguments.GetRequiredValue(poses).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var request = TransferRequestRules.Check(new TransferRequest
        {
            Generator = arguments.GetValue(generator),
            Targets = [.. names.Select(name => new TargetPose { Pose = name })],
            Scene = Path.GetFileName(scenePhoto),
            Seed = arguments.GetValue(seed),
            Output = new OutputOptions
            {
                Format = Enum.Parse<ImageFormat>(arguments.GetRequiredValue(format), ignoreCase: true),
                LongSide = arguments.GetValue(longSide),
                KeepBackground = arguments.GetValue(keepBackground),
            },
        });
        var folder = arguments.GetValue(output);
        return new SubmitSettings(
            PhotoFiles.Find(arguments.GetRequiredValue(photos)),
            request,
            arguments.GetValue(parallel),
            arguments.GetValue(wait) || folder is not null,
            folder,
            arguments.GetValue(contactSheet),
            arguments.GetValue(idempotency) == "auto",
            scenePhoto);
    }
}
