using System.Globalization;
using PoseFunctions.Cli.Commands;
using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;
using PoseFunctions.Pictures;
using PoseFunctions.Pictures.ContactSheets;

namespace PoseFunctions.Cli.Photos;

/// <summary>Puts photos, target poses and results into one picture.</summary>
internal sealed class ContactSheetFile
{
    /// <summary>Pictures are read no larger than the sheet can show them.</summary>
    private const int LongestSide = 512;

    private readonly IReadOnlyDictionary<string, Pose> poses;

    /// <param name="poses">The service's pose library.</param>
    public ContactSheetFile(IEnumerable<PoseView> poses) =>
        this.poses = poses.ToDictionary(pose => pose.Name, ToPose, StringComparer.Ordinal);

    /// <summary>Writes a PNG with a row for every photo that became a job.</summary>
    public async Task WriteAsync(string path, IEnumerable<Submission> submissions, CancellationToken cancellationToken)
    {
        var rows = new List<ContactSheetRow>();
        try
        {
            foreach (var submission in submissions.Where(submission => submission.Job is not null))
            {
                rows.Add(await ReadAsync(submission, submission.Job!, cancellationToken));
            }

            if (rows.Count > 0)
            {
                using var sheet = new ContactSheet().Render(rows);
                await File.WriteAllBytesAsync(path, PictureFile.EncodePng(sheet), cancellationToken);
            }
        }
        finally
        {
            foreach (var row in rows)
            {
                row.Source?.Dispose();
                foreach (var cell in row.Cells)
                {
                    cell.Result?.Dispose();
                }
            }
        }
    }

    private async Task<ContactSheetRow> ReadAsync(Submission submission, JobView job, CancellationToken cancellationToken)
    {
        var cells = new List<ContactSheetCell>();
        var files = new Queue<string>(submission.Results);
        foreach (var target in job.Targets)
        {
            var (result, problem) = target.Result is not null && files.TryDequeue(out var file)
                ? await DecodeAsync(file, cancellationToken)
                : (null, target.Failure?.Code);
            cells.Add(new ContactSheetCell(
                poses.GetValueOrDefault(target.Name, Nowhere), PoseFrame: null, result, problem ?? LabelOf(target)));
        }

        var (source, refusal) = await DecodeAsync(submission.Photo, cancellationToken);
        return new ContactSheetRow(source, refusal is null ? submission.Label : $"{submission.Label}: {refusal}", cells);
    }

    private static string LabelOf(TargetView target) => target.Result?.Coverage is { } coverage
        ? string.Create(CultureInfo.InvariantCulture, $"{target.Name}, {100 * coverage:F0} % seen")
        : target.Name;

    /// <summary>A file's picture, or why there is none: one bad photo among many must not cost the sheet of the others.</summary>
    private static async Task<(RgbImage? Picture, string? Problem)> DecodeAsync(string path, CancellationToken cancellationToken)
    {
        var file = await File.ReadAllBytesAsync(path, cancellationToken);
        if (ImageSignature.Detect(file) == ImageFormat.Avif)
        {
            // The file is fine; only the decoder that runs wherever .NET runs does not know the format.
            return (null, "AVIF is not shown");
        }

        try
        {
            return (PictureFile.Decode(file, LongestSide), null);
        }
        catch (RejectedException exception)
        {
            return (null, exception.Code);
        }
    }

    private static Pose Nowhere { get; } = new(new Keypoint[Skeleton.JointCount]);

    private static Pose ToPose(PoseView pose) => pose.Keypoints.Count == Skeleton.JointCount
        ? new([.. pose.Keypoints.Select(point => point is [var x, var y] ? new Keypoint(x, y) : Keypoint.Missing)])
        : Nowhere;
}
