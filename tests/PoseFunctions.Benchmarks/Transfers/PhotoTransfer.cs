using System.Diagnostics;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>Reads one photo, renders its targets without loss at the photo's size, and writes them down.</summary>
internal sealed class PhotoTransfer(TransferService service, TransferArguments arguments)
{
    private const int LongestSide = 4096;

    private readonly TargetJoints joints = new(service);

    public async Task<PhotoReport> RunAsync(PhotoFile photo, IReadOnlyList<NamedTarget> targets, CancellationToken cancellationToken)
    {
        var report = new PhotoReport(photo.Name, Path.GetFileName(photo.FullPath));
        var file = await File.ReadAllBytesAsync(photo.FullPath, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var read = await ReadPhoto.ReadAsync(service, file, cancellationToken);
            report = report.With(read.Parsed, Stopwatch.GetElapsedTime(started), service.Parser);
            var made = new List<TargetReport>();
            foreach (var target in targets)
            {
                made.Add(await RenderAsync(photo, read, target, cancellationToken));
            }

            // The same picture may come again, and is to be read again then.
            await read.ForgetAsync(cancellationToken);
            return report with { Targets = made };
        }
        catch (RejectedException refusal)
        {
            return report with { Refusal = refusal.Code };
        }
    }

    private async Task<TargetReport> RenderAsync(PhotoFile photo, ReadPhoto read, NamedTarget target, CancellationToken cancellationToken)
    {
        var size = read.Parsed.PhotoSize;
        var longSide = Math.Min(arguments.LongSide ?? size.LongSide, LongestSide);
        var started = Stopwatch.GetTimestamp();
        var (made, file) = await read.RenderAsync(
            new() { Targets = [target.Pose], Generator = arguments.Generator, InventLimbs = true, Output = new(ImageFormat.Png, LongSide: longSide) }, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var report = new TargetReport(target.Name, joints.Of(target.Pose, read.Parsed));
        if (file is null)
        {
            return report with { Refusal = made.Failure?.Code };
        }

        report = report.With(made.Result!, elapsed, service.Generator(arguments.Generator).Generate, $"{photo.Name}.{target.Name}.png");
        await File.WriteAllBytesAsync(Path.Combine(arguments.Output, report.File!), file, cancellationToken);
        return report;
    }
}
