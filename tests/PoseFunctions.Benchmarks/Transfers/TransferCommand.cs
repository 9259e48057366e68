using System.Text.Json;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>Makes of every photo of a folder what the service makes of it, and reports what that was and how long it took.</summary>
internal static class TransferCommand
{
    public const string Name = "transfer";

    private const string ReportFile = "transfer.json";

    /// <summary>Writes the results and <c>transfer.json</c>.</summary>
    public static async Task RunAsync(TransferArguments arguments, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(arguments.Output);
        var targets = await TargetsAsync(arguments, cancellationToken);
        var photos = Photos(arguments).Where(photo => targets is null || targets.ContainsKey(photo.Name)).ToList();
        await using var service = new TransferService(arguments.Models);
        RequireKnownNames(service, arguments);
        var transfer = new PhotoTransfer(service, arguments);
        await WarmUpAsync(service, transfer, photos, TargetsOf, cancellationToken);
        using var cost = new CostMeasurement(service, arguments);
        var reports = new List<PhotoReport>();
        foreach (var photo in photos)
        {
            reports.Add(await transfer.RunAsync(photo, TargetsOf(photo), cancellationToken));
            if (reports[^1] is { Refusal: null } && cost.Count < arguments.Timed)
            {
                await cost.AddAsync(photo, TargetsOf(photo)[0], cancellationToken);
            }

            Console.WriteLine($"{reports.Count}/{photos.Count} {photo.Name} {reports[^1].Refusal}");
        }

        var report = new TransferReport(service.Describe(arguments.Generator), reports, cost.Report());
        await using var file = File.Create(Path.Combine(arguments.Output, ReportFile));
        await JsonSerializer.SerializeAsync(file, report, TransferJson.Default.TransferReport, cancellationToken);

        IReadOnlyList<NamedTarget> TargetsOf(PhotoFile photo) => targets is null
            ? [.. arguments.Poses.Select(pose => new NamedTarget(pose, new TargetPose { Pose = pose }))]
            : [.. targets[photo.Name].Select(target => new NamedTarget(target.Key, new TargetPose { Keypoints = target.Value }))];
    }

    /// <exception cref="Core.Failures.RejectedException">There is no such generator or pose; better said now than once a photo.</exception>
    private static void RequireKnownNames(TransferService service, TransferArguments arguments)
    {
        service.Generator(arguments.Generator);
        foreach (var pose in arguments.Poses)
        {
            service.Get<PoseLibrary>().Get(pose);
        }
    }

    // The first run of a size costs what no later one does, and the first photo of a process what no later one does.
    private static async Task WarmUpAsync(
        TransferService service,
        PhotoTransfer transfer,
        IReadOnlyList<PhotoFile> photos,
        Func<PhotoFile, IReadOnlyList<NamedTarget>> targetsOf,
        CancellationToken cancellationToken)
    {
        service.WarmUp(cancellationToken);
        foreach (var photo in photos.Take(3))
        {
            await transfer.RunAsync(photo, targetsOf(photo), cancellationToken);
        }
    }

    private static IEnumerable<PhotoFile> Photos(TransferArguments arguments)
    {
        var files = Directory.GetFiles(arguments.Photos, "*.jpg").Order(StringComparer.Ordinal).Select(path => new PhotoFile(path)).ToList();
        return arguments.Last is { } last ? files.TakeLast(last) : files;
    }

    private static async Task<Dictionary<string, Dictionary<string, float[]?[]>>?> TargetsAsync(
        TransferArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Targets is not { } path)
        {
            return null;
        }

        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync(file, TransferJson.Default.TargetsByPhoto, cancellationToken);
    }
}
